import { type Fleet, listWords, peersOf, type Server, type ZoneSet } from '../../fleet/index.ts'
import type { Finding } from '../finding.ts'
import type { FleetCheck } from './check.ts'
import { setPath } from './set-path.ts'

const PEERS_MIN = 2

/** Every set has peers to pass the role between, and one of them is active first. */
export const checkPeers: FleetCheck = ({ fleet, document }) =>
  fleet.zoneSets.flatMap(set => {
    const path = setPath(document, set.name)
    return [...checkCount(fleet, set, path), ...checkFirstActive(fleet, set, path)]
  })

function checkCount(fleet: Fleet, set: ZoneSet, path: string[]): Finding[] {
  const count = peersOf(fleet, set.name).length
  if (count >= PEERS_MIN) return []
  return [
    {
      code: 'fleet.too-few-peers',
      severity: 'error',
      path: path.length > 0 ? path : ['servers'],
      about: 'key',
      message: `Zone set \`${set.name}\` is held by ${count === 0 ? 'no peer' : 'one peer only'}; two are the least.`,
      remedy: morePeers(fleet, set),
    },
  ]
}

function morePeers(fleet: Fleet, set: ZoneSet): string {
  const others = fleet.servers.filter(server => server.kind === 'peer' && !server.sets.includes(set.name))
  return others.length === 0
    ? 'Describe another server with `kind: peer`.'
    : `Add \`${set.name}\` to the \`sets\` of another peer: ${listWords(others.map(({ name }) => name))}.`
}

function checkFirstActive(fleet: Fleet, set: ZoneSet, path: string[]): Finding[] {
  const server = fleet.servers.find(({ name }) => name === set.firstActive)
  if (server === undefined || (server.kind === 'peer' && server.sets.includes(set.name))) return []
  const because =
    server.kind === 'secondary' ? 'it is a secondary' : `it does not hold zone set \`${set.name}\``
  return [
    {
      code: 'fleet.first-active',
      severity: 'error',
      path: [...path, 'first-active'],
      about: 'value',
      message: `\`${set.firstActive}\` cannot be active first: ${because}.`,
      remedy: otherFirst(fleet, set, server),
    },
  ]
}

function otherFirst(fleet: Fleet, set: ZoneSet, server: Server): string {
  const holders = peersOf(fleet, set.name).map(({ name }) => name)
  const other = `Name a peer that holds the set${holders.length === 0 ? '' : ` (${listWords(holders)})`}`
  return server.kind === 'peer'
    ? `${other}, or add \`${set.name}\` to the \`sets\` of \`${server.name}\`.`
    : `${other}.`
}
