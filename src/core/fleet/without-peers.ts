import type { Fleet } from './fleet.ts'

/**
 * The fleet as if its file had never named these peers. A group that followed nobody else follows the peers that are left, and a set
 * begins with the first of them.
 */
export function withoutPeers(fleet: Fleet, names: ReadonlySet<string>): Fleet {
  const servers = fleet.servers.filter(({ name }) => !names.has(name))
  const peers = servers.filter(({ kind }) => kind === 'peer')
  const groups = fleet.groups.map(group => {
    const follows = group.follows.filter(name => !names.has(name))
    return { ...group, follows: follows.length > 0 ? follows : peers.map(({ name }) => name) }
  })
  const zoneSets = fleet.zoneSets.map(set => {
    const next = names.has(set.firstActive) ? peers.find(({ sets }) => sets.includes(set.name)) : undefined
    return next === undefined ? set : { ...set, firstActive: next.name }
  })
  return { ...fleet, servers, groups, zoneSets }
}
