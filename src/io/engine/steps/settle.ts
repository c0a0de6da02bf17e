import {
  compareSerials,
  countOf,
  type Failure,
  fail,
  failure,
  listFew,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { type ServerLink, seeDisk, seeZones } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { commandZones } from '../control.ts'
import { serialsKept, serialsToKeep } from '../outcomes.ts'
import { serialsOf } from '../zones/checked-serials.ts'

const SETTLE_DEADLINE_MS = 120_000
const INTERVAL_MS = 100

/**
 * After a full transfer named writes the file some time later, and a reconfig in that window loads the old one.
 * So memory and disk are compared zone by zone, lagging zones are synced, and `sync` is not believed but looked at.
 */
export async function settle(
  context: RunContext,
  step: StepOf<'settle'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOfSet(context, step.server, step.set)
  const proven = await proveOnDisk(context, link, {
    zones,
    known: serialsKept(context.outcomes.latest('proven')?.value, context.checked?.proven),
    deadlineMs: SETTLE_DEADLINE_MS,
  })
  if (!proven.ok) return proven
  const report = reportOf(`${countOf(zones.length, 'zone')} on disk as in memory`)
  return ok({ ...report, outcome: { proven: serialsToKeep(proven.value) } })
}

export type DiskQuestion = {
  readonly zones: readonly RenderedZone[]
  /** What was proven before: a zone still at that serial is not read again. */
  readonly known: ReadonlyMap<string, Serial>
  /** The serials in memory where they are known and cannot change; otherwise the server is asked. */
  readonly memory?: ReadonlyMap<string, Serial>
  readonly deadlineMs: number
}

/** Waits until the disk of a server holds what its memory holds; the serials that were proven. */
export async function proveOnDisk(
  context: RunContext,
  link: ServerLink,
  question: DiskQuestion,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const proven = new Map(question.known)
  let synced = false
  const { clock } = context.links
  const waited = await awaitCondition(
    { clock, deadlineMs: question.deadlineMs, intervalMs: INTERVAL_MS, signal: context.signal },
    async (): Promise<Look<void>> => {
      const lagging = await findLagging(context, link, { ...question, proven })
      if (!lagging.ok) return { kind: 'never', failure: lagging.error }
      if (lagging.value.length === 0) return { kind: 'holds', value: undefined }
      if (!synced) {
        synced = true
        const asked = await commandZones(link, 'sync', lagging.value)
        if (!asked.ok) return { kind: 'never', failure: asked.error }
      }
      return { kind: 'not-yet', failure: diskBehind(link, lagging.value) }
    },
  )
  return waited.ok ? ok(proven) : waited
}

async function findLagging(
  context: RunContext,
  link: ServerLink,
  asked: DiskQuestion & { proven: Map<string, Serial> },
): Promise<Result<readonly RenderedZone[], Failure>> {
  const memory = asked.memory === undefined ? await seeSerials(context, link, asked.zones) : ok(asked.memory)
  if (!memory.ok) return memory
  const serialOf = (zone: RenderedZone) => memory.value.get(idOf(zone))
  const unloaded = asked.zones.filter(zone => serialOf(zone) === undefined)
  if (unloaded.length > 0) return fail(notLoaded(link, unloaded))
  const open = asked.zones.filter(zone => asked.proven.get(idOf(zone)) !== serialOf(zone))
  const disk = await seeDisk(link, open)
  if (!disk.ok) return disk
  const lagging: RenderedZone[] = []
  for (const zone of open) {
    const id = idOf(zone)
    const serial = serialOf(zone)
    const onDisk = disk.value.get(id)
    // Newer than a moment ago is as good: the disk was read after the memory.
    const order =
      serial !== undefined && onDisk?.kind === 'serial' ? compareSerials(onDisk.serial, serial) : 'before'
    if (serial !== undefined && order === 'same') asked.proven.set(id, serial)
    else if (order !== 'after') lagging.push(zone)
  }
  return ok(lagging)
}

async function seeSerials(
  context: RunContext,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const seen = await seeZones(context.links, link, zones)
  return seen.ok ? ok(serialsOf(seen.value.zones)) : seen
}

function diskBehind(link: ServerLink, zones: readonly RenderedZone[]): Failure {
  return failure({
    code: 'engine.disk-behind',
    subject: link.server.name,
    because: `${countOf(zones.length, 'zone')} older on disk than in memory: ${listFew(zones.map(idOf))}`,
    remedy: 'See that named may write its zone files there, and that the disk is not full.',
  })
}

function notLoaded(link: ServerLink, zones: readonly RenderedZone[]): Failure {
  return failure({
    code: 'engine.zones-not-right',
    subject: link.server.name,
    because: `${countOf(zones.length, 'zone')} not loaded: ${listFew(zones.map(idOf))}`,
    remedy: "named's log on that server says why.",
  })
}
