import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { FreezeStep } from '../../core/plan/index.ts'
import { type ServerLink, seeZones } from '../observe/index.ts'
import { idOf, type RunContext, zonesOf } from './context.ts'
import { restoreChanges } from './files.ts'
import { reconfigureAs } from './reconfigure.ts'

/**
 * Makes the old active active again. Its files go back to what they were; where it has become a secondary meanwhile, because it
 * carried updates home or because it was restarted while its files said standby, a reconfig makes it primary.
 */
export async function reopen(
  context: RunContext,
  link: ServerLink,
  { set, changes }: Pick<FreezeStep, 'set' | 'changes'>,
): Promise<Result<void, Failure>> {
  const restored = await restoreChanges(link, changes)
  if (!restored.ok) return restored
  const zones = zonesOf(context, link.server.name, set)
  const seen = await seeZones(context.links, link, zones)
  if (!seen.ok) return seen
  const types = zones.map(zone => seen.value.zones.get(idOf(zone))?.type)
  // Where nobody tells the types a reconfig is the safe side: it leaves zones alone that are primary already.
  if (!types.includes('secondary') && !types.includes('unknown')) return ok(undefined)
  const loaded = await reconfigureAs(context, link, {
    type: 'primary',
    zones,
    serials: new Map(),
    deadlineMs: context.links.fleet.policy.writePauseMaxS * 1000,
    install: [],
  })
  return loaded.ok ? ok(undefined) : loaded
}
