import { printDecisions } from './decision.ts'
import { SHELL } from './text.ts'

/** The guard's script, `baton/guard`: POSIX shell, the same on every peer, its tables generated from ours. */
export function printGuardScript(): string {
  return [
    SHELL.beginning,
    SHELL.trusting,
    printDecisions(),
    SHELL.reading,
    SHELL.rescuing,
    SHELL.installing,
    SHELL.controlling,
    SHELL.acting,
    SHELL.ordering,
    SHELL.calling,
  ].join('\n')
}
