import { type Fleet, type Group, listWords, peersOf } from '../../fleet/index.ts'
import type { Finding } from '../finding.ts'
import type { FleetCheck } from './check.ts'

/** Warns of orders that work today and fail on the day they are needed. */
export const adviseOnGroups: FleetCheck = ({ fleet }) => [
  ...fleet.groups.flatMap(group => leftOut(fleet, group)),
  ...neverFirst(fleet),
]

function leftOut(fleet: Fleet, group: Group): Finding[] {
  const sets = fleet.servers
    .filter(server => server.kind === 'secondary' && server.group === group.name)
    .flatMap(server => server.sets)
  const needed = new Set(sets.flatMap(set => peersOf(fleet, set).map(peer => peer.name)))
  const missing = [...needed].filter(name => !group.follows.includes(name))
  if (missing.length === 0) return []
  return [
    {
      code: 'fleet.follows-some',
      severity: 'warning',
      path: ['groups', group.name, 'follows'],
      about: 'key',
      message: `Group \`${group.name}\` does not follow ${listWords(missing)}: when the others are down, it hears no news.`,
      remedy: `Add ${listWords(missing)} at the end of its \`follows\`.`,
    },
  ]
}

/** Only where there is a group for every peer: with fewer, some peer must come second everywhere. */
function neverFirst(fleet: Fleet): Finding[] {
  const peers = fleet.servers.filter(server => server.kind === 'peer')
  if (fleet.groups.length < peers.length) return []
  const first = new Set(fleet.groups.map(group => group.follows[0]))
  return peers
    .filter(peer => !first.has(peer.name))
    .map(peer => ({
      code: 'fleet.never-first',
      severity: 'warning',
      path: ['servers', peer.name],
      about: 'key',
      message: `No group asks \`${peer.name}\` first, though there is a group for every peer.`,
      remedy: `Put \`${peer.name}\` first in the \`follows\` of one group, if that is what you mean.`,
    }))
}
