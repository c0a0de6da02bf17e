import type { Endpoint, Fleet, Server } from '../../fleet/index.ts'
import { joinLines, quoteString } from '../conf-text.ts'

/**
 * A base for a server that the fleet file gives none: an authoritative server that answers everyone, transfers to
 * holders of the transfer key, and is controlled and watched from the fleet's own addresses.
 */
export function generateBase(fleet: Fleet, server: Server): string {
  return joinLines([
    ...printOptions(fleet, server),
    ...printControls(fleet, server),
    ...(server.statistics === undefined ? [] : printStatistics(fleet, server.statistics)),
    ...fleet.views.flatMap(view => [
      '',
      `view ${quoteString(view.name)} {`,
      `\tmatch-clients { ${view.key === undefined ? 'any' : `key ${quoteString(view.key)}`}; };`,
      '};',
    ]),
  ])
}

function printOptions(fleet: Fleet, server: Server): readonly string[] {
  const { address, port } = server.dns
  const [own, other] = isVersion6(address) ? ['listen-on-v6', 'listen-on'] : ['listen-on', 'listen-on-v6']
  return [
    'options {',
    `\tdirectory ${quoteString(server.paths.directory)};`,
    `\t${own} port ${port} { ${address}; };`,
    `\t${other} { none; };`,
    '\trecursion no;',
    '\tdnssec-validation no;',
    `\tallow-transfer { key ${quoteString(fleet.policy.transferKey)}; };`,
    '};',
  ]
}

function printControls(fleet: Fleet, server: Server): readonly string[] {
  const { key, ...endpoint } = server.control
  return ['', 'controls {', `\t${printInet(fleet, endpoint)} keys { ${quoteString(key)}; };`, '};']
}

function printStatistics(fleet: Fleet, endpoint: Endpoint): readonly string[] {
  return ['', 'statistics-channels {', `\t${printInet(fleet, endpoint)};`, '};']
}

function printInet(fleet: Fleet, { address, port }: Endpoint): string {
  const fleetAddresses = new Set(
    fleet.servers.flatMap(server => [server.dns.address, server.control.address]),
  )
  const allowed = [...fleetAddresses].map(allow => `${allow};`).join(' ')
  return `inet ${address} port ${port} allow { ${allowed} }`
}

function isVersion6(address: string): boolean {
  return address.includes(':')
}
