import { countOf, type Failure, failure, ok, type Result, type Serial } from '../../../core/base/index.ts'
import { isManaged } from '../../../core/fleet/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { seeNamed, seeZones, seeZonesByDns } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { idOf, linkTo, type RunContext, type StepReport, zonesOfSet } from '../context.ts'
import { passOverFenced } from '../pass-over.ts'
import { serialsOf } from '../zones/checked-serials.ts'
import { movedSince } from '../zones/moved-since.ts'
import { isBehind, refreshZones } from '../zones/refresh.ts'

const INTERVAL_MS = 100
/** NOTIFY is given this long before a lagging zone is asked to refresh. */
const PATIENCE_MS = 250
/** From this share of its zones on a server is asked for all; a few are quicker asked one by one, and cost it less. */
const MANY_SHARE = 0.1
/** A server that has not answered for so long is not waited for: it is down, or hangs. */
const SILENCE_MS = 15_000
/** How often the new active is asked whether it is still there, while others lag behind it. */
const ACTIVE_INTERVAL_MS = 2000

/** Every server reaches what the new active has now; writes go on, so it may well be ahead again by then. */
export async function converge(
  context: RunContext,
  step: StepOf<'converge'>,
): Promise<Result<StepReport, Failure>> {
  const reference = await seeZones(
    context.links,
    linkTo(context, step.to),
    zonesOfSet(context, step.to, step.set),
  )
  if (!reference.ok) return reference
  const serials = serialsOf(reference.value.zones)
  const passed = await passOverFenced(
    context,
    step.servers.filter(name => name !== step.to),
  )
  if (!passed.ok) return passed
  const others = passed.value.there
  const reached = await Promise.all(others.map(name => reach(context, step, { name, serials })))
  const active = await seeNamed(linkTo(context, step.to))
  if (!active.ok && reached.some(result => !result.ok)) return active
  const late = reached.flatMap(result =>
    result.ok ? [] : [`${result.error.subject}: ${result.error.because}`],
  )
  const held = reached.flatMap((result, index) =>
    result.ok ? [[others[index] ?? '', result.value] as const] : [],
  )
  const converged = new Map([[step.to, serials], ...held])
  const outcome = {
    converged: [...converged.keys()],
    ...movedSince(context.checked, { to: step.to, converged }),
  }
  const remarks = [
    `${others.length - late.length} of ${others.length} servers have every serial`,
    ...late,
    ...passed.value.remarks,
  ]
  return ok({ remarks, unwell: late.length > 0, writesAt: undefined, outcome })
}

async function reach(
  context: RunContext,
  step: StepOf<'converge'>,
  goal: { name: string; serials: ReadonlyMap<string, Serial> },
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const link = linkTo(context, goal.name)
  const { clock, fleet } = context.links
  const zones = zonesOfSet(context, goal.name, step.set)
  const began = clock.elapsed()
  const held = new Map<string, Serial>()
  let behind = zones
  let refreshed = !isManaged(link.server)
  let [heardAt, activeHeardAt, activeAskedAt] = [began, began, began]
  return awaitCondition(
    {
      clock,
      deadlineMs: fleet.policy.convergenceMaxS * 1000,
      intervalMs: INTERVAL_MS,
      signal: context.signal,
    },
    async (): Promise<Look<ReadonlyMap<string, Serial>>> => {
      const isMany = behind.length >= zones.length * MANY_SHARE
      const seen = isMany
        ? await seeZones(context.links, link, zones)
        : await seeZonesByDns(context.links, link, behind)
      if (!seen.ok) return unheard(clock.elapsed() - heardAt, seen.error)
      heardAt = clock.elapsed()
      for (const [id, serial] of serialsOf(seen.value.zones)) held.set(id, serial)
      behind = behind.filter(zone => isBehind(held.get(idOf(zone)), goal.serials.get(idOf(zone))))
      if (behind.length === 0) return { kind: 'holds', value: held }
      if (!refreshed && clock.elapsed() - began > PATIENCE_MS) {
        refreshed = true
        await refreshZones(link, behind)
      }
      if (clock.elapsed() - activeAskedAt > ACTIVE_INTERVAL_MS) {
        activeAskedAt = clock.elapsed()
        const active = await seeNamed(linkTo(context, step.to))
        if (active.ok) activeHeardAt = clock.elapsed()
        else return unheard(clock.elapsed() - activeHeardAt, active.error)
      }
      return { kind: 'not-yet', failure: notConverged(goal.name, behind.length, step.to) }
    },
  )
}

function unheard(silentMs: number, failure: Failure): Look<never> {
  return { kind: silentMs > SILENCE_MS ? 'never' : 'not-yet', failure }
}

function notConverged(server: string, zones: number, to: string): Failure {
  return failure({
    code: 'engine.not-converged',
    subject: server,
    because: `${countOf(zones, 'zone')} still behind ${to}`,
    remedy: 'See its log (categories xfer-in and notify); `rndc refresh ZONE` asks again.',
  })
}
