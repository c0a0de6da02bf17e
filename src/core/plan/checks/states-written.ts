import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { involvedManaged, seenFiles } from '../involved.ts'

/** Without the state file the role after a reboot would be a guess. */
export const statesWritten: Check = {
  name: 'states-written',
  question: 'Has every peer its state file?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context)
      .filter(({ kind }) => kind === 'peer')
      .flatMap(({ name }) => {
        const files = seenFiles(context, name)
        if (files === undefined || files.state !== undefined) return []
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
