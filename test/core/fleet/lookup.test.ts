import { describe, expect, it } from 'vitest'
import {
  findServer,
  findZoneSet,
  markerOf,
  otherPeers,
  peersOf,
  secondariesFollowing,
} from '../../../src/core/fleet/index.ts'
import { parseFleet } from '../../../src/core/fleetfile/index.ts'

const TEXT = `
fleet: example
keys: { transfer: ./transfer.key, rndc: ./rndc.key }
zone-sets:
  default: { zones: ./zones.conf, first-active: ns1 }
  customers: { zones: ./customers.conf, first-active: ns3 }
groups: { east: { follows: [ns1, ns2, ns3] }, west: { follows: [ns3, ns2] } }
servers:
  ns1: { kind: peer, address: 192.0.2.1, ssh: ns1, sets: [default] }
  ns2: { kind: peer, address: 192.0.2.2, ssh: ns2 }
  ns3: { kind: peer, address: 192.0.2.3, ssh: ns3 }
  e1: { kind: secondary, group: east, address: 192.0.2.11, ssh: e1 }
  w1: { kind: secondary, group: west, address: 192.0.2.12, ssh: w1 }
`

const parsed = parseFleet(TEXT, '/fleets/example/baton.yaml')
if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'))
const fleet = parsed.value

const namesOf = (servers: readonly { name: string }[]) => servers.map(({ name }) => name)

describe('a fleet', () => {
  it('knows the peers of a set', () => {
    expect(namesOf(peersOf(fleet, 'default'))).toEqual(['ns1', 'ns2', 'ns3'])
    expect(namesOf(peersOf(fleet, 'customers'))).toEqual(['ns2', 'ns3'])
    expect(namesOf(otherPeers(fleet, 'ns2', 'customers'))).toEqual(['ns3'])
  })

  it('knows who follows a server', () => {
    expect(namesOf(secondariesFollowing(fleet, 'ns1'))).toEqual(['e1'])
    expect(namesOf(secondariesFollowing(fleet, 'ns2'))).toEqual(['e1', 'w1'])
  })

  it('has a marker for every set', () => {
    expect(markerOf(fleet, 'default')).toBe('standby-mode')
    expect(markerOf(fleet, 'customers')).toBe('customers.standby-mode')
  })

  it('finds a server, or refuses with the name that was meant', () => {
    expect(findServer(fleet, 'ns2')).toMatchObject({ ok: true, value: { name: 'ns2' } })
    expect(findServer(fleet, 'sn2')).toEqual({
      ok: false,
      error: {
        kind: 'refusal',
        code: 'fleet.unknown-server',
        subject: 'sn2',
        because: 'the fleet has no server `sn2`',
        remedy: 'Did you mean `ns2`?',
      },
    })
  })

  it('finds a zone set, or refuses with the names there are', () => {
    expect(findZoneSet(fleet, 'customers')).toMatchObject({ ok: true, value: { firstActive: 'ns3' } })
    expect(findZoneSet(fleet, 'internal')).toMatchObject({
      error: { code: 'fleet.unknown-set', remedy: 'Use one of `default`, `customers`.' },
    })
  })
})
