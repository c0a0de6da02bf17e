import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'

/** What is left out is neither asked, nor locked, nor told: that cannot be one of the two that change roles. */
export const bystandersLeftOut: Check = {
  name: 'bystanders-left-out',
  question: 'Does every server that is left out keep its role?',
  meaning:
    'A server that is to change its role was left out: it would be neither asked, nor locked, nor told.',
  remedy: 'Leave it out of --without. If it is gone, this is a case for failover.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: ({ subject }) => {
    if (subject.operation !== 'switchover') return []
    return [subject.from, subject.to]
      .filter(name => subject.without.includes(name))
      .map(name =>
        refuse({
          code: 'check.bystanders-left-out',
          subject: name,
          because: 'it changes its role, so it cannot be left out',
          remedy: 'Leave it out of --without. If it is gone, this is a case for failover.',
        }),
      )
  },
}
