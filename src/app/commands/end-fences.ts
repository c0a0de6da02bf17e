import type { Failure } from '../../core/base/index.ts'
import { removeFence } from '../../io/engine/index.ts'
import type { Journal } from '../../io/journal/index.ts'
import { linkOf, seeFences } from '../../io/observe/index.ts'
import type { Session } from './session.ts'

/**
 * A fence ends when its server takes part in a run: it answered, and has the files of a standby or of the active. What became of it
 * is asked anew the next time that it is silent.
 */
export async function endFences(
  { fleet, links }: Session,
  { plan, copies, generation }: Journal,
): Promise<readonly Failure[]> {
  if (plan.handover === undefined) return []
  const names = copies.flatMap(({ name, locked }) => (locked ? [name] : []))
  const there = names.map(name => linkOf(links, name))
  const failures: Failure[] = []
  for (const link of there) {
    const records = await seeFences(link, fleet.name)
    if (!records.ok) failures.push(records.error)
    for (const { server, run, ends } of records.ok ? records.value : []) {
      if (ends === 'never' || run === plan.run || !names.includes(server)) continue
      const removed = await removeFence({ plan, generation }, [link], server)
      if (!removed.ok) failures.push(removed.error)
    }
  }
  return failures
}
