import { compareSerials, countOf, type Failure, failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import type { SeenZone } from '../../../core/snapshot/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { command } from '../control.ts'
import { installChanges, restoreChanges } from '../files/files.ts'
import { passOverFenced } from '../pass-over.ts'
import { reconfigureIfRunning } from '../reconfigure.ts'
import { type NewestSerial, newestSerials } from '../zones/newest-serials.ts'
import { refreshZones } from '../zones/refresh.ts'

const COLLECT_DEADLINE_MS = 60_000
const INTERVAL_MS = 50
/** A refresh that found an older copy first, or was lost, is asked for again after this. */
const REFRESH_AGAIN_MS = 1000

/**
 * The new active takes what any survivor has that is newer. Where there is something to take, it first runs a
 * configuration that names nobody who is gone: named asks in the order of its list, and waits for each in turn.
 */
export async function collect(
  context: RunContext,
  planned: StepOf<'collect'>,
): Promise<Result<StepReport, Failure>> {
  const passed = await passOverFenced(context, planned.survivors)
  if (!passed.ok) return passed
  const step = { ...planned, survivors: passed.value.there }
  const link = linkTo(context, step.server)
  const { clock } = context.links
  const collected = new Set<string>()
  let askedAt: number | undefined
  const waited = await awaitCondition(
    { clock, deadlineMs: COLLECT_DEADLINE_MS, intervalMs: INTERVAL_MS, signal: context.signal },
    async (): Promise<Look<void>> => {
      const behind = await findBehind(context, step)
      if (!behind.ok) return { kind: 'not-yet', failure: behind.error }
      const [first] = behind.value
      if (first === undefined) return { kind: 'holds', value: undefined }
      const zones = behind.value.map(({ zone }) => zone)
      for (const zone of zones) collected.add(idOf(zone))
      if (askedAt === undefined) {
        const ready = await leaveOutTheGone(context, link, step)
        if (!ready.ok) return { kind: 'never', failure: ready.error }
      }
      if (askedAt === undefined || clock.elapsed() - askedAt > REFRESH_AGAIN_MS) {
        askedAt = clock.elapsed()
        const asked = await refreshZones(link, zones)
        if (!asked.ok) return { kind: 'not-yet', failure: asked.error }
      }
      return { kind: 'not-yet', failure: notCollected(step, first, zones.length) }
    },
  )
  if (!waited.ok) return waited
  const from = step.survivors.length
  return ok(
    reportOf(
      collected.size === 0
        ? `nothing is newer on ${countOf(from, 'other server')}`
        : `${countOf(collected.size, 'zone')} taken from servers that had them newer`,
      ...passed.value.remarks,
    ),
  )
}

/** The configuration of before; where it was never left, a reconfig does no harm. */
export async function uncollect(
  context: RunContext,
  step: StepOf<'collect'>,
): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  const restored = await restoreChanges(context, link, step.changes)
  return restored.ok ? reconfigureIfRunning(context, link, step.set) : restored
}

async function leaveOutTheGone(
  context: RunContext,
  link: ServerLink,
  step: StepOf<'collect'>,
): Promise<Result<void, Failure>> {
  if (step.changes.length === 0) return ok(undefined)
  const installed = await installChanges(context, link, step.changes)
  return installed.ok ? command(link, { kind: 'reconfig' }) : installed
}

type Behind = { readonly zone: RenderedZone; readonly newest: NewestSerial }

/** A survivor that stops answering may be the one that has the newest: that is not passed over in silence. */
async function findBehind(
  context: RunContext,
  step: StepOf<'collect'>,
): Promise<Result<readonly Behind[], Failure>> {
  const held = new Map<string, ReadonlyMap<string, SeenZone>>()
  const seen = await Promise.all(
    [step.server, ...step.survivors].map(async name => {
      const zones = zonesOfSet(context, name, step.set)
      return { name, zones: await seeZones(context.links, linkTo(context, name), zones) }
    }),
  )
  for (const { name, zones } of seen) {
    if (!zones.ok) return zones
    held.set(name, zones.value.zones)
  }
  const own = held.get(step.server)
  const newest = newestSerials(held)
  const behind = zonesOfSet(context, step.server, step.set).flatMap(zone => {
    const best = newest.get(idOf(zone))
    const serial = own?.get(idOf(zone))?.serial
    if (best === undefined) return []
    const isBehind = serial === undefined || compareSerials(serial, best.serial) === 'before'
    return isBehind ? [{ zone, newest: best }] : []
  })
  return ok(behind)
}

function notCollected(step: StepOf<'collect'>, { zone, newest }: Behind, zones: number): Failure {
  return failure({
    code: 'failover.not-collected',
    subject: step.server,
    because: `${countOf(zones, 'zone')} newer elsewhere: ${idOf(zone)} at ${newest.serial} on ${newest.server}, for one`,
    remedy: `See its log (category xfer-in). What ${newest.server} alone has is given up with --without ${newest.server}.`,
  })
}
