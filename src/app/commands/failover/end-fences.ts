import type { Failure } from '../../../core/base/index.ts'
import { removeFence } from '../../../io/engine/index.ts'
import type { Journal } from '../../../io/journal/index.ts'
import { linkOf, seeFenceTexts } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'
import { readOutlived } from './outlived-fences.ts'

/**
 * Removes what was written down of fences that are over, once the history has the run. A fence ends when its server takes part in a run
 * that is done: it answered, and has the files of a standby or of the active. What became of it is asked anew the next time that it is
 * silent. A run that was taken back takes its own words with it.
 */
export async function endFences(
  { fleet, links }: Session,
  journal: Journal,
  outcome: 'done' | 'rolled-back',
): Promise<readonly Failure[]> {
  const { plan, copies } = journal
  const names = copies.flatMap(({ name, locked }) => (locked ? [name] : []))
  const there = names.map(name => linkOf(links, name))
  const isOutlived = await readOutlived(links)
  const tookPart = outcome === 'done' && plan.handover !== undefined ? names : []
  const failures: Failure[] = []
  for (const link of there) {
    const seen = await seeFenceTexts(link, fleet.name)
    failures.push(...(seen.ok ? seen.value.unclear : [seen.error]))
    for (const record of seen.ok ? seen.value.records : []) {
      const { server, run, ends } = record
      const isOver = isOutlived(record) || (run !== plan.run && tookPart.includes(server))
      if (ends === 'never' || !isOver) continue
      const removed = await removeFence(journal, [link], server)
      if (!removed.ok) failures.push(removed.error)
    }
  }
  return failures
}
