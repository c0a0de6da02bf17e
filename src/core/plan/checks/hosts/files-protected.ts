import { refuse } from '../../../base/index.ts'
import { exposedInWords, exposedRemedy } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../../involved.ts'

/** A warning: what has to be done at three in the morning is not held up by it, and a push ends it. */
export const filesProtected: Check = {
  name: 'files-protected',
  question: 'Can only root change what the servers’ guards execute and install?',
  meaning:
    'A user other than root could change what a guard executes or installs as root: a file or folder has the wrong owner or mode.',
  remedy:
    '`baton push`, as root, sets owners and modes right. The guard lets named start as standby until then.',
  operations: ['switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'warn',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      if (files.kind === 'unknown') return [refuseUnknown('check.files-protected', name, files)]
      const { exposures = [] } = files.value
      if (exposures.length === 0) return []
      return [
        refuse({
          code: 'check.files-protected',
          subject: name,
          because: exposedInWords(exposures),
          remedy: exposedRemedy(exposures) ?? '`baton push`, as root, sets owners and modes right.',
        }),
      ]
    }),
}
