import { refuse } from '../../../base/index.ts'
import { standingOf } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'

/**
 * Only this machine may be cut off: then the active is well, and goes on taking writes. Where the role of another peer cannot be asked,
 * the answer may have been that one's.
 */
export const activeUnseen: Check = {
  name: 'active-unseen',
  question: 'Is the old active out of reach of every other server, too?',
  meaning: 'This machine does not reach the active, but another server does: it is alive and takes writes.',
  remedy: 'Run Baton where the active can be reached, or fix its address and ports in baton.yaml.',
  operations: ['failover'],
  weight: 'refuse',
  ask: ({ fleet, snapshot, subject }) => {
    if (subject.operation !== 'failover') return []
    const { set, from, to, sightings } = subject
    const { peers } = standingOf(fleet, snapshot, set)
    const unseen = peers.filter(
      ({ server, marker }) => marker === undefined && server !== to && server !== from,
    )
    const who = [from, ...unseen.map(({ server }) => server)]
    return sightings.map(({ server, how }) =>
      refuse({
        code: 'check.active-unseen',
        subject: from,
        because: `${server} ${how}, so ${who.join(' or ')} is alive and only this machine does not reach it`,
        remedy: `Run Baton from a machine that reaches ${who.join(' and ')}, or fix its address and ports in baton.yaml; then \`baton switchover\`.`,
      }),
    )
  },
}
