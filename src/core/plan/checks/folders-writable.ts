import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { involvedManaged, preflightPart } from '../involved.ts'

/** As named's user: a folder that only root may write fails at the first journal, long after the switch. */
export const foldersWritable: Check = {
  name: 'folders-writable',
  question: "May named's user write where its zones and journals are?",
  operations: ['push', 'switchover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name, user }) => {
      const folders = preflightPart(context, name, 'folders')
      if (folders.kind === 'unknown') return []
      return folders.value
        .filter(({ exists, writable }) => !exists || !writable)
        .map(({ path, exists }) =>
          refuse({
            code: 'check.folders-writable',
            subject: name,
            because: exists ? `${user ?? 'named'} may not write ${path}` : `there is no folder ${path}`,
            remedy: `Give it to named's user (chown, chmod), and look at AppArmor or SELinux rules for it.`,
          }),
        )
    }),
}
