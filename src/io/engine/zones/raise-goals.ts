import {
  advanceSerial,
  type Failure,
  invariant,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { batonFolder, type ServerLink, seeZones } from '../../observe/index.ts'
import { idOf, type RunContext } from '../context.ts'
import { serialsKept, serialsToKeep } from '../outcomes.ts'

/**
 * To which serial each zone is to be raised, by `zoneId`. Written down in the journal before the first is: whoever resumes
 * would otherwise add another step to what is raised already, and two steps of 2^30 make a serial that is not newer. A zone
 * that is not loaded has none, until it is.
 */
export async function recallGoals(
  context: RunContext,
  link: ServerLink,
  { zones, serialStep }: { readonly zones: readonly RenderedZone[]; readonly serialStep: number },
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const kept = await keptGoals(context, link)
  if (!kept.ok) return kept
  const goals = new Map(kept.value)
  const fresh = zones.filter(zone => !goals.has(idOf(zone)))
  if (fresh.length === 0) return ok(goals)
  const seen = await seeZones(context.links, link, fresh)
  if (!seen.ok) return seen
  for (const zone of fresh) {
    const serial = seen.value.zones.get(idOf(zone))?.serial
    if (serial === undefined) continue
    const goal = advanceSerial(serial, serialStep)
    invariant(goal !== undefined, 'a step is far below 2^31')
    goals.set(idOf(zone), goal)
  }
  const recorded = await context.outcomes.record({ goals: serialsToKeep(goals) })
  return recorded.ok ? ok(goals) : recorded
}

/** From the journal; a run that an older Baton began may have them in a file of the server. */
async function keptGoals(
  context: RunContext,
  link: ServerLink,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const { goals } = context.outcomes.own()
  if (goals !== undefined || context.plan.version > 1) return ok(serialsKept(goals))
  const path = `${batonFolder(link.server)}/runs/${context.plan.run}/goals.json`
  const kept = await link.host.read(path)
  if (kept.ok) return ok(new Map(JSON.parse(new TextDecoder().decode(kept.value)) as [string, Serial][]))
  return kept.error.code === 'hosts.missing' ? ok(new Map()) : kept
}
