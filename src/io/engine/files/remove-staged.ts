import type { Failure } from '../../../core/base/index.ts'
import type { Plan } from '../../../core/plan/index.ts'
import { type FleetLinks, linkOf } from '../../observe/index.ts'
import { stagingFolder } from './staging.ts'

/** What a push laid beside is not needed once it has ended: it is large, and holds secrets. On lost servers it stays. */
export async function removeStaged(
  links: FleetLinks,
  plan: Plan,
  without: readonly string[],
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const step of plan.steps) {
    if ((step.kind !== 'stage' && step.kind !== 'record') || without.includes(step.server)) continue
    const { server, host } = linkOf(links, step.server)
    const removed = await host.remove(stagingFolder(server, plan.run))
    if (!removed.ok) failures.push(removed.error)
  }
  return failures
}
