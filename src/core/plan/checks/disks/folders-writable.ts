import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, preflightPart, refuseUnknown } from '../../involved.ts'

/** As named's user: a folder that only root may write fails at the first journal, long after the switch. */
export const foldersWritable: Check = {
  name: 'folders-writable',
  question: "May named's user write where its zones and journals are?",
  meaning:
    "named's user may not write a folder where zones or journals are: updates would fail after the switch.",
  remedy: 'Change its owner or mode; AppArmor and SELinux have rules of their own.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name, user }) => {
      const folders = preflightPart(context, name, part => part.folders)
      if (folders.kind === 'unknown') return [refuseUnknown('check.folders-writable', name, folders)]
      return folders.value
        .filter(({ exists, writable }) => !exists || !writable)
        .map(({ path, exists, because }) =>
          refuse({
            code: 'check.folders-writable',
            subject: name,
            because: exists
              ? `${user ?? 'named'} may not write ${path}: ${because ?? 'it is not said why'}`
              : `there is no folder ${path}`,
            remedy: `Give it to named's user (chown, chmod), and look at AppArmor or SELinux rules for it.`,
          }),
        )
    }),
}
