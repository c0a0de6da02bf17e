import { ACTING } from './acting.ts'
import { BEGINNING } from './beginning.ts'
import { CALLING } from './calling.ts'
import { CONTROLLING } from './controlling.ts'
import { printDecisions } from './decision.ts'
import { INSTALLING } from './installing.ts'
import { ORDERING } from './ordering.ts'
import { READING } from './reading.ts'
import { RESCUING } from './rescuing.ts'
import { TRUSTING } from './trusting.ts'

/** The guard's script, `baton/guard`: POSIX shell, the same on every peer, its tables generated from ours. */
export function printGuardScript(): string {
  return [
    BEGINNING,
    TRUSTING,
    printDecisions(),
    READING,
    RESCUING,
    INSTALLING,
    CONTROLLING,
    ACTING,
    ORDERING,
    CALLING,
  ]
    .map(part => part.trim())
    .join('\n\n')
    .concat('\n')
}
