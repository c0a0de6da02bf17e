import { type Refusal, refuse } from '../../../base/index.ts'
import { type SetStanding, standingOf } from '../../../snapshot/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { isSilent, refuseUnknown, SILENT } from '../../involved.ts'
import { refuseOthers } from '../../refuse-others.ts'
import { refuseRemoved } from '../../refuse-removed.ts'

export const oneActive: Check = {
  name: 'one-active',
  question: 'Is exactly one peer active, and every other a standby of an older term, or fenced by name?',
  meaning: 'There is not exactly one active peer, or the role of a peer is not known.',
  remedy: 'See `baton status`. Finish or take back an unfinished run first.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    const { fleet, snapshot, subject } = context
    if (subject.operation !== 'switchover') return []
    const { set, from, to, fences, termAfter, without: leftOut } = subject
    const standing = standingOf(fleet, snapshot, set)
    const two = standing.peers.filter(({ server }) => server === from || server === to)
    const others = standing.peers.filter(({ server }) => server !== from && server !== to)
    const unknown = [
      ...two.flatMap(({ server, marker }) =>
        marker === undefined ? [refuseMarker(context, server, set)] : [],
      ),
      ...refuseOthers(context, {
        code: 'check.one-active',
        set,
        others,
        fences,
        leftOut,
        termKnown: termAfter - 1,
      }),
      ...refuseRemoved(context, 'check.one-active', set),
    ]
    return unknown.length > 0 ? unknown : refuseNumber(standing)
  },
}

function refuseMarker(context: CheckContext, server: string, set: string): Refusal {
  if (isSilent(context, server)) return refuseUnknown('check.one-active', server, SILENT)
  return refuse({
    code: 'check.one-active',
    subject: server,
    because: `its marker does not say which role it has in ${set}`,
    remedy: 'See `baton status`. Nothing is promoted while a role is unknown.',
  })
}

function refuseNumber({ set, actives }: SetStanding): readonly Refusal[] {
  if (actives.length === 1) return []
  const names = actives.map(({ server, term }) => `${server} (term ${term})`).join(' and ')
  return [
    refuse({
      code: 'check.one-active',
      subject: set,
      because: actives.length === 0 ? 'no peer is active' : `${names} are active`,
      remedy:
        actives.length === 0
          ? 'If a run is unfinished: `baton resume` or `baton rollback`.'
          : '`baton resolve --keep SERVER`, with the one that has the higher term; `baton status` says more.',
    }),
  ]
}
