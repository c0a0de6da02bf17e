import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'

/** A named that serves zones and takes no orders can be neither frozen nor made a standby; one that does not run needs no order. */
export const returningObeys: Check = {
  name: 'returning-obeys',
  question: 'Does named on the returning server take orders, or not run at all?',
  meaning:
    'The server that should become a standby serves zones, but takes no orders on its control channel: it can neither be frozen nor reconfigured.',
  remedy: 'Fix the control channel, or stop named there; then order it again.',
  operations: ['rejoin', 'resolve'],
  weight: 'refuse',
  ask: ({ subject, snapshot }) => {
    if (subject.operation !== 'rejoin' && subject.operation !== 'resolve') return []
    const seen = snapshot.servers.get(subject.from)
    const isServing = seen?.zones.ok === true || seen?.markers.get(subject.set)?.ok === true
    if (!isServing || seen.named?.ok === true) return []
    const because = seen.named?.ok === false ? seen.named.error.because : 'it was not asked'
    return [
      refuse({
        code: 'check.returning-obeys',
        subject: subject.from,
        because: `it answers queries, but not rndc: ${because}`,
        remedy: `Fix its control channel, or stop its named: ${subject.from} is then prepared for its next start.`,
      }),
    ]
  },
}
