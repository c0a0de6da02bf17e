import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'

/** A secondary may have taken what the old active alone had. */
export const forksFound: Check = {
  name: 'forks-found',
  question: 'Do all other servers answer, so that a fork is found and healed wherever it is?',
  meaning:
    'A server does not answer. It may have taken, from the old active, what the new one never had; that is not looked at now.',
  remedy: 'When it is back, `baton verify` names what to transfer anew.',
  operations: ['rejoin', 'resolve'],
  weight: 'warn',
  ask: ({ subject }) => {
    if (subject.operation !== 'rejoin' && subject.operation !== 'resolve') return []
    return subject.absent.map(server =>
      refuse({
        code: 'check.forks-found',
        subject: server,
        because: 'it does not answer: it is left out, and what it holds is not compared',
        remedy: 'When it is back: `baton verify`, which names what to transfer anew.',
      }),
    )
  },
}
