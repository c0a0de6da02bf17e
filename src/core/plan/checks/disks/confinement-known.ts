import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, preflightPart, refuseUnknown } from '../../involved.ts'

/** AppArmor and SELinux forbid named what modes and owners allow (O5), and only its log tells. */
export const confinementKnown: Check = {
  name: 'confinement-known',
  question: 'Do owners and modes alone decide where named may write?',
  meaning: 'AppArmor or SELinux has rules of its own for named, which owners and modes do not show.',
  remedy: 'See that the folders of zones and journals are among those it may write.',
  operations: ['push', 'switchover', 'failover'],
  weight: 'warn',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const folders = preflightPart(context, name, part => part.folders)
      if (folders.kind === 'unknown') return [refuseUnknown('check.confinement-known', name, folders)]
      const sentences = new Set(folders.value.flatMap(({ confinement }) => confinement ?? []))
      return [...sentences].map(because =>
        refuse({
          code: 'check.confinement-known',
          subject: name,
          because,
          remedy: 'See that the folders of zones and journals are among those it may write.',
        }),
      )
    }),
}
