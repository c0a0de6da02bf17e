import { refuse } from '../../base/index.ts'
import { driftedPaths } from '../../snapshot/index.ts'
import type { Check, CheckSubject } from '../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../involved.ts'

/** The plan speaks of the files that were rendered: others would be installed than those that were checked. */
export const configurationInstalled: Check = {
  name: 'configuration-installed',
  question: 'Are the files on every server exactly what the fleet folder renders to?',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      if (files.kind === 'unknown') return [refuseUnknown('check.configuration-installed', name, files)]
      const drifted = driftedPaths(context.expected.get(name), files.value)
      const paths = drifted.filter(path => !isWrittenAnew(context.subject, path))
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

/** After a switch by hand it tells of the role before; no push is possible then, for one of the servers is gone. */
function isWrittenAnew({ operation }: CheckSubject, path: string): boolean {
  return operation === 'failover' && path.endsWith('/baton/state')
}
