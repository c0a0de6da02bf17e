import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { StepOf } from '../../core/plan/index.ts'
import { type ServerLink, seeZones } from '../observe/index.ts'
import { idOf, type RunContext, zonesOfSet } from './context.ts'
import { restoreChanges } from './files/files.ts'
import { reconfigureAs } from './reconfigure.ts'
import { proveOnDisk } from './steps/settle.ts'
import { serialsOf } from './zones/checked-serials.ts'

/**
 * Makes the old active active again. Its files go back to what they were; where it has become a secondary meanwhile, because it
 * carried updates home or because it was restarted while its files said standby, a reconfig makes it primary, from its disk: so that
 * is proven before. Nothing is put back on a server that does not say how it stands.
 */
export async function reopen(
  context: RunContext,
  link: ServerLink,
  { set, changes }: Pick<StepOf<'freeze'>, 'set' | 'changes'>,
): Promise<Result<void, Failure>> {
  const zones = zonesOfSet(context, link.server.name, set)
  const seen = await seeZones(context.links, link, zones)
  if (!seen.ok) return seen
  const deadlineMs = context.links.fleet.policy.writePauseMaxS * 1000
  const serials = serialsOf(seen.value.zones)
  const types = zones.map(zone => seen.value.zones.get(idOf(zone))?.type)
  // Where nobody tells the types a reconfig is the safe side: it leaves zones alone that are primary already.
  const isToLoad = types.includes('secondary') || types.includes('unknown')
  if (isToLoad) {
    const loaded = zones.filter(zone => serials.has(idOf(zone)))
    const question = { zones: loaded, known: new Map(), memory: serials, deadlineMs }
    const proven = await proveOnDisk(context, link, question)
    if (!proven.ok) return proven
  }
  const restored = await restoreChanges(context, link, changes)
  if (!restored.ok) return restored
  if (!isToLoad) return ok(undefined)
  const reopened = await reconfigureAs(context, link, {
    type: 'primary',
    zones,
    serials,
    deadlineMs,
    install: [],
  })
  return reopened.ok ? ok(undefined) : reopened
}
