import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'

/** Only this machine may be cut off: then the active is well, and goes on taking writes. */
export const activeUnseen: Check = {
  name: 'active-unseen',
  question: 'Is the old active out of reach of every other server, too?',
  meaning: 'This machine does not reach the active, but another server does: it is alive and takes writes.',
  remedy: 'Run Baton where the active can be reached, or fix its address and ports in baton.yaml.',
  operations: ['failover'],
  weight: 'refuse',
  ask: ({ subject }) => {
    if (subject.operation !== 'failover') return []
    return subject.sightings.map(({ server, how }) =>
      refuse({
        code: 'check.active-unseen',
        subject: subject.from,
        because: `${server} ${how}, so ${subject.from} is alive and only this machine does not reach it`,
        remedy: `Run Baton from a machine that reaches ${subject.from}, or fix its address and ports in baton.yaml; then \`baton switchover\`.`,
      }),
    )
  },
}
