import { refuse } from '../../base/index.ts'
import { driftedPaths } from '../../snapshot/index.ts'
import type { Check } from '../check.ts'
import { involvedManaged, seenFiles } from '../involved.ts'

export const configurationInstalled: Check = {
  name: 'configuration-installed',
  question: 'Are the files on every server exactly what the fleet folder renders to?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      const paths = files === undefined ? [] : driftedPaths(context.expected.get(name), files)
      if (paths.length === 0) return []
      return [
        refuse({
          code: 'check.configuration-installed',
          subject: name,
          because: `${paths.join(', ')} ${paths.length === 1 ? 'differs' : 'differ'}`,
          remedy: '`baton diff` shows how; `baton push` installs what the fleet folder says.',
        }),
      ]
    }),
}
