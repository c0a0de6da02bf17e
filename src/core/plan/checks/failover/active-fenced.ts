import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { isNoPrimary } from '../../no-primary.ts'

/** A server that does not answer may still take writes from somebody else, or wake up and do so. */
export const activeFenced: Check = {
  name: 'active-fenced',
  question: 'Is the old active fenced, or proven not to be primary?',
  meaning: 'Nobody made sure that the server that is gone takes no more writes.',
  remedy: 'Say how it is fenced with --fenced, or name a program under `fence` in baton.yaml.',
  operations: ['failover'],
  weight: 'refuse',
  ask: context => {
    const { subject } = context
    if (subject.operation !== 'failover' || subject.fencing !== undefined) return []
    if (isNoPrimary(context, subject.from, subject.set)) return []
    return [
      refuse({
        code: 'check.active-fenced',
        subject: subject.from,
        because: 'nobody said that it is fenced, and baton.yaml names no fence',
        remedy: `Make sure that ${subject.from} takes no writes (power off, port shut, named stopped), and say how: --fenced "switched off at the rack". Or name a program under \`fence\` in baton.yaml.`,
      }),
    ]
  },
}
