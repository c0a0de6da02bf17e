import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'

/** While the active answers in any way, a switchover passes the role without loss: a failover would make two actives. */
export const activeGone: Check = {
  name: 'active-gone',
  question: 'Does the active answer in no way at all?',
  operations: ['failover'],
  weight: 'refuse',
  ask: ({ subject, snapshot }) => {
    if (subject.operation !== 'failover') return []
    const seen = snapshot.servers.get(subject.from)
    const answers = [
      ...(seen?.zones.ok ? ['tells which zones it has'] : []),
      ...(seen?.named?.ok ? ['answers rndc'] : []),
      ...(seen?.markers.get(subject.set)?.ok ? ['answers for its marker'] : []),
    ]
    if (answers.length === 0) return []
    return [
      refuse({
        code: 'check.active-gone',
        subject: subject.from,
        because: `it ${answers.join(', ')}`,
        remedy: `\`baton switchover --to ${subject.to}\` passes the role and loses nothing. If ${subject.from} cannot take part, stop its named first.`,
      }),
    ]
  },
}
