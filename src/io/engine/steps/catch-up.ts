import {
  compareSerials,
  countOf,
  type Failure,
  failure,
  listFew,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { serialsKept, serialsToKeep } from '../outcomes.ts'
import { withinPause } from '../pause/write-pause.ts'
import { REFRESH_ZONES_MAX, refreshZones } from '../zones/refresh.ts'
import { proveSigningKeys } from '../zones/signing-keys.ts'
import { proveOnDisk } from './settle.ts'

const INTERVAL_MS = 20

/** The new active has every serial of the frozen one, in memory and on disk, and its DNSSEC keys. */
export function catchUp(context: RunContext, step: StepOf<'catch-up'>): Promise<Result<StepReport, Failure>> {
  return withinPause(context, step.server, limited => catchUpNow(limited, step))
}

async function catchUpNow(
  context: RunContext,
  step: StepOf<'catch-up'>,
): Promise<Result<StepReport, Failure>> {
  const caughtUp = await reachSerials(context, step, context.pause.leftMs())
  if (!caughtUp.ok) return caughtUp
  const link = linkTo(context, step.server)
  const zones = zonesOfSet(context, step.server, step.set)
  const memory = caughtUp.value
  const proven = await proveOnDisk(context, link, {
    zones,
    known: serialsKept(context.outcomes.latest('proven')?.value),
    memory,
    deadlineMs: context.pause.leftMs(),
  })
  if (!proven.ok) return proven
  const keys = await proveSigningKeys(context, step, zones)
  if (!keys.ok) return keys
  const report = reportOf(`${countOf(memory.size, 'serial')} equal, in memory and on disk`)
  return ok({ ...report, outcome: { frozen: serialsToKeep(memory) } })
}

/** Waits until every zone of `server` has the serial that it has on `from`; those serials. */
export async function reachSerials(
  context: RunContext,
  step: Pick<StepOf<'catch-up'>, 'server' | 'from' | 'set'>,
  deadlineMs: number,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const source = linkTo(context, step.from)
  const target = linkTo(context, step.server)
  const zones = zonesOfSet(context, step.server, step.set)
  const refreshed = new Set<string>()
  return awaitCondition(
    {
      clock: context.links.clock,
      deadlineMs,
      intervalMs: INTERVAL_MS,
      signal: context.signal,
    },
    async (): Promise<Look<ReadonlyMap<string, Serial>>> => {
      const [here, there] = await Promise.all([
        seeZones(context.links, source, zones),
        seeZones(context.links, target, zones),
      ])
      if (!here.ok) return { kind: 'never', failure: here.error }
      if (!there.ok) return { kind: 'never', failure: there.error }
      const serials = new Map<string, Serial>()
      const behind: RenderedZone[] = []
      for (const zone of zones) {
        const serial = here.value.zones.get(idOf(zone))?.serial
        const reached = there.value.zones.get(idOf(zone))?.serial
        // A zone that the source cannot serve has nothing to give; what the target holds is all there is.
        if (serial === undefined) continue
        serials.set(idOf(zone), serial)
        if (reached === undefined || compareSerials(reached, serial) !== 'same') behind.push(zone)
      }
      if (behind.length === 0) return { kind: 'holds', value: serials }
      const asked = await refreshOnce(target, behind, refreshed)
      if (!asked.ok) return { kind: 'never', failure: asked.error }
      return { kind: 'not-yet', failure: stillBehind(step, behind) }
    },
  )
}

async function refreshOnce(
  target: ServerLink,
  behind: readonly RenderedZone[],
  refreshed: Set<string>,
): Promise<Result<void, Failure>> {
  const fresh = behind.filter(zone => !refreshed.has(idOf(zone))).slice(0, REFRESH_ZONES_MAX)
  for (const zone of fresh) refreshed.add(idOf(zone))
  return refreshZones(target, fresh)
}

function stillBehind(
  step: Pick<StepOf<'catch-up'>, 'server' | 'from'>,
  zones: readonly RenderedZone[],
): Failure {
  return failure({
    code: 'engine.still-behind',
    subject: step.server,
    because: `${countOf(zones.length, 'zone')} not at the serial of ${step.from}: ${listFew(zones.map(idOf))}`,
    remedy: 'See its log (categories xfer-in and notify) for why the transfer does not come.',
  })
}
