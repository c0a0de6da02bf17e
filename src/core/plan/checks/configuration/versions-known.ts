import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenNamed } from '../../involved.ts'

/** The releases whose zone options are in the table that rendering goes by. */
const RELEASES_KNOWN: readonly string[] = ['9.16', '9.18', '9.20', '9.21']

/** Which option is legal in which zone type changes with the release. */
export const versionsKnown: Check = {
  name: 'versions-known',
  question: 'Does every server run a BIND release whose options Baton knows?',
  meaning: 'A server runs a BIND release that is not in the table of zone options.',
  remedy: 'Try the switch in a lab with that release first.',
  operations: ['push', 'switchover', 'failover'],
  weight: 'warn',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const named = seenNamed(context, name)
      if (named.kind === 'unknown') return [refuseUnknown('check.versions-known', name, named)]
      const { version } = named.value
      if (RELEASES_KNOWN.some(release => version.startsWith(`${release}.`))) return []
      return [
        refuse({
          code: 'check.versions-known',
          subject: name,
          because: `it runs BIND ${version}; known are ${RELEASES_KNOWN.join(', ')}`,
          remedy:
            'named-checkconf on the server has the last word on its options; try the switch in a lab first.',
        }),
      ]
    }),
}
