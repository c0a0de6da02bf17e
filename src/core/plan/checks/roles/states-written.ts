import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedPeers, refuseUnknown, seenFiles } from '../../involved.ts'

/** Without the state file the role after a reboot would be a guess. */
export const statesWritten: Check = {
  name: 'states-written',
  question: 'Does every peer have its state file?',
  meaning: 'A peer has no state file, so its role after a reboot would be a guess.',
  remedy: '`baton push` writes it.',
  operations: ['switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedPeers(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      if (files.kind === 'unknown') return [refuseUnknown('check.states-written', name, files)]
      if (files.value.state !== undefined) return []
      return [
        refuse({
          code: 'check.states-written',
          subject: name,
          because: 'there is no baton/state, so its role and term are recorded nowhere',
          remedy: '`baton push` writes it.',
        }),
      ]
    }),
}
