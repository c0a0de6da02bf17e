import type { Check } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../../involved.ts'

/** Locks, recorded roles and drift are all in files: without them nothing can be called safe. */
export const filesReadable: Check = {
  name: 'files-readable',
  question: 'Can the configuration folder of every managed server be read?',
  meaning:
    'The configuration folder of a server could not be read, so nothing is known of locks, roles and drift there.',
  remedy: 'Check the folder in baton.yaml and the rights of the person who runs Baton.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      return files.kind === 'seen' ? [] : [refuseUnknown('check.files-readable', name, files)]
    }),
}
