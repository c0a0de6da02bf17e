import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'

/** What a server that does not answer alone has cannot be collected. */
export const survivorsAnswer: Check = {
  name: 'survivors-answer',
  question: 'Do all other servers answer, so that the newest copy of every zone is found?',
  meaning: 'Another server does not answer, so what it alone has cannot be collected.',
  remedy: 'Bring it back first if it may have had something newer; otherwise go on.',
  operations: ['failover'],
  weight: 'warn',
  ask: ({ subject }) => {
    if (subject.operation !== 'failover') return []
    return subject.absent.map(server =>
      refuse({
        code: 'check.survivors-answer',
        subject: server,
        because:
          'it does not answer or is left out: what it alone has is not collected, and it is not waited for',
        remedy: 'Bring it back first if it may have had something newer.',
      }),
    )
  },
}
