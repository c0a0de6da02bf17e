import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedServers } from '../../involved.ts'

/** A group asks the peers that it follows first; one that is not named is asked last, after every one that is. */
export const secondariesFollow: Check = {
  name: 'secondaries-follow',
  question: 'Does every group of secondaries follow the new active?',
  meaning: 'A group of secondaries does not name the new active, so it asks it after all the others.',
  remedy: 'Add it to `follows` of the group in baton.yaml, then `baton push`.',
  operations: ['switchover'],
  weight: 'warn',
  ask: context => {
    const { fleet, subject } = context
    if (subject.operation !== 'switchover') return []
    const involved = new Set(
      involvedServers(context).flatMap(server => (server.kind === 'secondary' ? [server.group] : [])),
    )
    return fleet.groups
      .filter(({ name, follows }) => involved.has(name) && !follows.includes(subject.to))
      .map(({ name, follows }) =>
        refuse({
          code: 'check.secondaries-follow',
          subject: name,
          because: `it follows ${follows.join(', ')}, and not ${subject.to}`,
          remedy: `Add ${subject.to} to \`follows\` of the group, then \`baton push\`.`,
        }),
      )
  },
}
