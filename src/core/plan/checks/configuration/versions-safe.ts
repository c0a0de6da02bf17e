import { refuse } from '../../../base/index.ts'
import type { Check, CheckSubject } from '../../check.ts'
import { involvedManaged, mayBeDown, refuseUnknown, seenNamed } from '../../involved.ts'

/** Minor releases with the patch level from which a reconfig under updates no longer crashes named (GL#5817); 9.16 was never mended. */
const CRASH_MENDED: ReadonlyMap<string, number> = new Map([
  ['9.16', Number.POSITIVE_INFINITY],
  ['9.18', 48],
  ['9.20', 22],
  ['9.21', 21],
])

const GUARDED = 'The guard freezes it first.'

/** A push leaves freezing to a person: it could not tell a zone that it froze from one that somebody else did. */
const PROTECTION: Readonly<Record<CheckSubject['operation'], string>> = {
  push: 'A push does not freeze: stop updates, or `rndc freeze` the active before it and `rndc thaw` it afterwards.',
  switchover: 'Baton freezes the active first.',
  rejoin: GUARDED,
  resolve: GUARDED,
  failover: 'The new active is closed to updates while it is reconfigured.',
}

export const versionsSafe: Check = {
  name: 'versions-safe',
  question: 'Is every named free of the known crash in a reconfig under updates?',
  meaning:
    'This release of named may crash on a reconfig while updates arrive. A switchover freezes the active before it is reconfigured; a push does not.',
  remedy: 'Update to 9.18.48, 9.20.22, 9.21.21 or later.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'warn',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const named = seenNamed(context, name)
      if (named.kind === 'unknown' && mayBeDown(context, name)) return []
      if (named.kind === 'unknown') return [refuseUnknown('check.versions-safe', name, named)]
      const { version } = named.value
      const parts = /^(\d+\.\d+)\.(\d+)/.exec(version)
      const mended = CRASH_MENDED.get(parts?.[1] ?? '')
      // Releases that the table does not know are told by `versions-known`.
      if (mended === undefined || Number(parts?.[2]) >= mended) return []
      return [
        refuse({
          code: 'check.versions-safe',
          subject: name,
          because: `BIND ${version} may crash on a reconfig while updates arrive (GL#5817)`,
          remedy: `${PROTECTION[context.subject.operation]} Fixed in 9.18.48, 9.20.22 and 9.21.21: update when you can.`,
        }),
      ]
    }),
}
