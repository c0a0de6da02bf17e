import { type Fleet, type Group, peersOf, type Secondary } from '../../fleet/index.ts'
import type { Finding } from '../finding.ts'
import type { Path } from '../places.ts'
import type { FleetCheck } from './check.ts'

/** A group follows peers, each once, and its secondaries find every set they hold there. */
export const checkGroups: FleetCheck = ({ fleet }) => [
  ...fleet.groups.flatMap(group => checkFollows(fleet, group)),
  ...fleet.servers.flatMap(server => (server.kind === 'secondary' ? checkReached(fleet, server) : [])),
]

function checkFollows(fleet: Fleet, group: Group): Finding[] {
  return group.follows.flatMap((name, at) => {
    const path = ['groups', group.name, 'follows', at]
    const followed = fleet.servers.find(server => server.name === name)
    if (followed?.kind === 'secondary') {
      const message = `Group \`${group.name}\` cannot follow \`${name}\`, which never becomes primary.`
      return [wrongFollow(path, message, 'Name a peer in its place, or remove it.')]
    }
    if (group.follows.indexOf(name) === at) return []
    const message = `Group \`${group.name}\` follows \`${name}\` twice.`
    return [wrongFollow(path, message, 'Remove it here: the first place counts.')]
  })
}

function checkReached(fleet: Fleet, secondary: Secondary): Finding[] {
  const group = fleet.groups.find(({ name }) => name === secondary.group)
  return secondary.sets
    .filter(set => !peersOf(fleet, set).some(peer => group?.follows.includes(peer.name)))
    .map(set => ({
      code: 'fleet.follows-none',
      severity: 'error',
      path: ['servers', secondary.name, 'group'],
      about: 'value',
      message: `\`${secondary.name}\` holds zone set \`${set}\`, but group \`${secondary.group}\` follows no peer that does.`,
      remedy: `Let the group follow a peer that holds it, or leave it out of the \`sets\` of \`${secondary.name}\`.`,
    }))
}

function wrongFollow(path: Path, message: string, remedy: string): Finding {
  return { code: 'fleet.follows', severity: 'error', path, about: 'value', message, remedy }
}
