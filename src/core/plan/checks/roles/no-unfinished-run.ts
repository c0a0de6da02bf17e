import { refuse } from '../../../base/index.ts'
import type { SeenLock } from '../../../snapshot/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../../involved.ts'

/** One operation at a time: two persons could otherwise promote two servers. */
export const noUnfinishedRun: Check = {
  name: 'no-unfinished-run',
  question: 'Is every earlier operation finished?',
  meaning: 'Another operation holds the lock: somebody else is at work, or a run died.',
  remedy: 'Wait, or `baton resume`, or `baton rollback`.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      if (files.kind === 'unknown') return [refuseUnknown('check.no-unfinished-run', name, files)]
      const { lock } = files.value
      if (lock === undefined || isOwnLock(context, lock)) return []
      return [
        refuse({
          code: 'check.no-unfinished-run',
          subject: name,
          because: `${lock.operation} ${lock.run} by ${lock.holder} holds it since ${lock.since}`,
          remedy: 'If it still runs, wait. If it died, `baton status` says which command ends it.',
        }),
      ]
    }),
}

/** Of the run that asks, which has the locks already, or of one that a failover ends because it lost its active. */
export function isOwnLock({ subject, holding }: CheckContext, { run }: Pick<SeenLock, 'run'>): boolean {
  return run === holding || (subject.operation === 'failover' && run === subject.interrupted)
}
