import { expect, it } from 'vitest'
import { withoutPeers } from '../../../src/core/fleet/index.ts'
import { parseFleet } from '../../../src/core/fleetfile/index.ts'

const TEXT = `
fleet: example
keys: { transfer: ./transfer.key, rndc: ./rndc.key }
zone-sets:
  default: { zones: ./zones.conf, first-active: ns1 }
  customers: { zones: ./customers.conf, first-active: ns3 }
groups: { east: { follows: [ns1, ns2, ns3] }, west: { follows: [ns3] } }
servers:
  ns1: { kind: peer, address: 192.0.2.1, ssh: ns1 }
  ns2: { kind: peer, address: 192.0.2.2, ssh: ns2 }
  ns3: { kind: peer, address: 192.0.2.3, ssh: ns3 }
  e1: { kind: secondary, group: east, address: 192.0.2.11, ssh: e1 }
  w1: { kind: secondary, group: west, address: 192.0.2.12, ssh: w1 }
`

const parsed = parseFleet(TEXT, '/fleets/example/baton.yaml')
if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('\n'))
const fleet = parsed.value

it('is as if the fleet file had never named them', () => {
  const left = withoutPeers(fleet, new Set(['ns3']))
  expect(left.servers.map(({ name }) => name)).toEqual(['ns1', 'ns2', 'e1', 'w1'])
  expect(left.groups).toEqual([
    { name: 'east', follows: ['ns1', 'ns2'] },
    { name: 'west', follows: ['ns1', 'ns2'] },
  ])
  expect(left.zoneSets.map(({ firstActive }) => firstActive)).toEqual(['ns1', 'ns1'])
})

it('is the same fleet where nobody is named', () => {
  expect(withoutPeers(fleet, new Set())).toEqual(fleet)
})
