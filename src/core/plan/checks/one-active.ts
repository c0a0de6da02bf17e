import { refuse } from '../../base/index.ts'
import { standingOf } from '../../snapshot/index.ts'
import type { Check } from '../check.ts'
import { involvedSets, isSilent, refuseUnknown, SILENT } from '../involved.ts'

export const oneActive: Check = {
  name: 'one-active',
  question: 'Is exactly one peer active, and every other known to be standby?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context =>
    involvedSets(context).flatMap(set => {
      const standing = standingOf(context.fleet, context.snapshot, set)
      const silent = standing.peers.filter(({ marker }) => marker === undefined)
      if (silent.length > 0)
        return silent.map(({ server }) =>
          isSilent(context, server)
            ? refuseUnknown('check.one-active', server, SILENT)
            : refuse({
                code: 'check.one-active',
                subject: server,
                because: `its marker does not say which role it has in ${set}`,
                remedy: 'See `baton status`. Nothing is promoted while a role is unknown.',
              }),
        )
      if (standing.actives.length === 1) return []
      const names = standing.actives.map(({ server, term }) => `${server} (term ${term})`).join(' and ')
      return [
        refuse({
          code: 'check.one-active',
          subject: set,
          because: standing.actives.length === 0 ? 'no peer is active' : `${names} are active`,
          remedy:
            standing.actives.length === 0
              ? 'If a run is unfinished: `baton resume` or `baton rollback`.'
              : '`baton resolve --keep SERVER`, with the one that has the higher term; `baton status` says more.',
        }),
      ]
    }),
}
