import { type Journal, pruneRuns } from '../../../io/journal/index.ts'
import type { Session } from '../session/session.ts'

/** What is to be told of old records that could not be removed; nothing waits for them. */
export async function pruneOldRuns(
  { fleet, links }: Session,
  { copies }: Pick<Journal, 'copies'>,
): Promise<readonly string[]> {
  const order = { fleet: fleet.name, keep: fleet.policy.keepRuns, now: links.clock.now() }
  const failures = await pruneRuns(copies, order)
  return failures.map(({ because }) => `the record of an old run stays: ${because}`)
}
