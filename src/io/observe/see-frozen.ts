import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { zoneStatuses } from '../net/index.ts'
import type { ServerLink } from './link.ts'

/** Which of the zones named holds as dynamic, and whether each is frozen; a zone it cannot speak of has no entry. */
export async function seeFrozen(
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<ReadonlyMap<string, boolean>, Failure>> {
  const control = await link.control()
  if (!control.ok) return control
  const references = zones.map(zone => ({
    name: zone.name,
    view: zone.view === '_default' ? undefined : zone.view,
  }))
  const answers = await zoneStatuses(control.value, references)
  if (!answers.ok) return answers
  const frozen = new Map<string, boolean>()
  for (const { zone, status } of answers.value)
    if (status.ok && status.value.dynamic)
      frozen.set(zoneId(zone.name, zone.view ?? '_default'), status.value.frozen)
  return ok(frozen)
}
