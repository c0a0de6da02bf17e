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
      return [
        wrongFollow(path, `Group \`${group.name}\` cannot follow \`${name}\`, which never becomes primary.`),
      ]
    }
    if (group.follows.indexOf(name) === at) return []
    return [wrongFollow(path, `Group \`${group.name}\` follows \`${name}\` twice.`)]
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
    }))
}

function wrongFollow(path: Path, message: string): Finding {
  return { code: 'fleet.follows', severity: 'error', path, about: 'value', message }
}
