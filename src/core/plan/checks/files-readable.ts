import type { Check } from '../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../involved.ts'

/** Locks, recorded roles and drift are all in files: without them nothing can be called safe. */
export const filesReadable: Check = {
  name: 'files-readable',
  question: 'Can the configuration folder of every managed server be read?',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      return files.kind === 'seen' ? [] : [refuseUnknown('check.files-readable', name, files)]
    }),
}
