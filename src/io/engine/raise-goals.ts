import {
  advanceSerial,
  type Failure,
  invariant,
  ok,
  type Result,
  type Serial,
} from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { batonFolder, type ServerLink, seeZones } from '../observe/index.ts'
import { idOf, type RunContext } from './context.ts'

const RECORD_MODE = 0o600

/**
 * To which serial each zone is to be raised, by `zoneId`. Written down on the server before the first is: whoever resumes
 * would otherwise add another step to what is raised already, and two steps of 2^30 make a serial that is not newer. A zone
 * that is not loaded has none, until it is.
 */
export async function recallGoals(
  context: RunContext,
  link: ServerLink,
  { zones, serialStep }: { readonly zones: readonly RenderedZone[]; readonly serialStep: number },
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const path = `${batonFolder(link.server)}/runs/${context.plan.run}/goals.json`
  const kept = await link.host.read(path)
  if (!kept.ok && kept.error.code !== 'hosts.missing') return kept
  const goals = new Map(kept.ok ? parseRecord(new TextDecoder().decode(kept.value)) : [])
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
  const content = `${JSON.stringify([...goals])}\n`
  const recorded = await link.host.replace({ path, content, mode: RECORD_MODE, user: undefined })
  return recorded.ok ? ok(goals) : recorded
}

/** Our own file, written whole or not at all. */
function parseRecord(text: string): readonly (readonly [string, Serial])[] {
  return JSON.parse(text) as readonly (readonly [string, Serial])[]
}
