import { describe, expect, it } from 'vitest'
import { type DomainName, invariant, ok, type Serial } from '../../../src/core/base/index.ts'
import { parseFleet } from '../../../src/core/fleetfile/index.ts'
import type { StepOutcome } from '../../../src/core/plan/index.ts'
import type { RenderedZone } from '../../../src/core/render/index.ts'
import type { ServerSerials } from '../../../src/io/engine/context.ts'
import { choosePairs } from '../../../src/io/engine/zones/choose-pairs.ts'
import { movedSince } from '../../../src/io/engine/zones/moved-since.ts'
import { localHost } from '../../../src/io/hosts/index.ts'
import { linkOf, openLinks } from '../../../src/io/observe/index.ts'

const FLEET = `fleet: small
zones: ./zones.conf
first-active: ns1
keys: { transfer: ./transfer.key }
policy: { transfer-key: transfer }
groups: { east: { follows: [ns1, ns2] } }
servers:
  e1: { ssh: e1, kind: secondary, group: east, address: 192.0.2.3, rndc: { key: transfer } }
  ns1: { ssh: ns1, kind: peer, address: 192.0.2.1, rndc: { key: transfer } }
  ns2: { ssh: ns2, kind: peer, address: 192.0.2.2, rndc: { key: transfer } }
`
const ALL = ['ns1', 'ns2', 'e1']

describe('the zones that are compared after a handover to ns2', () => {
  it('are all of them in a resumed run, which knows of none that it stood still', () => {
    expect(chosen(undefined, ['a', 'b'])).toEqual({
      pairs: ['ns1 a', 'ns1 b', 'e1 a', 'e1 b'],
      left: 0,
    })
  })

  it('are first those that moved on the new active or on the server itself', () => {
    const before = serials({ a: 1, b: 1, c: 1 })
    const after = new Map([...serials({ a: 1, b: 2, c: 1 }), ['e1', heldBy({ a: 1, b: 2, c: 2 })] as const])
    const { pairs } = chosen(moved(before, after), ['a', 'b', 'c'])
    expect(pairs).toEqual(['ns1 b', 'e1 b', 'e1 c', 'ns1 a', 'ns1 c', 'e1 a'])
  })

  it('count as moved where a server had another serial than the new active all along', () => {
    const held = new Map([...serials({ a: 2 }), ['e1', heldBy({ a: 1 })] as const])
    const { pairs } = chosen(moved(held, held), ['a'])
    expect(pairs).toEqual(['e1 a', 'ns1 a'])
  })

  it('are, of those that stood still, as many as the limit, spread over servers and zones; the rest is counted', () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `z${index}`)
    const held = serials(Object.fromEntries(names.map(name => [name, 1])))
    const { pairs, left } = chosen(moved(held, held), names)
    expect({ left, all: pairs.length, different: new Set(pairs).size }).toEqual({
      left: 6_000,
      all: 4_000,
      different: 4_000,
    })
    expect(pairs.filter(pair => pair.startsWith('ns1 '))).toHaveLength(2_000)
    expect([pairs[0], pairs[1], pairs.at(-1)]).toEqual(['ns1 z0', 'ns1 z2', 'e1 z4997'])
  })
})

type Moved = StepOutcome['moved']

function moved(before: ServerSerials, converged: ServerSerials): Moved {
  const checked = { serials: before, proven: new Map() }
  return movedSince(checked, { to: 'ns2', converged }).moved
}

function chosen(known: Moved, names: readonly string[]) {
  const fleet = parseFleet(FLEET, '/small/baton.yaml')
  invariant(fleet.ok, 'the fleet is one')
  const clock = { now: () => 0, elapsed: () => 0 }
  const links = openLinks({
    fleet: fleet.value,
    keys: new Map(),
    clock,
    openHost: ({ name }) => ok(localHost(name)),
  })
  invariant(links.ok, 'links are made without a connection')
  const servers = ['e1', 'ns1'].map(name => linkOf(links.value, name))
  const { pairs, left } = choosePairs(known, {
    reference: linkOf(links.value, 'ns2'),
    servers,
    zones: names.map(zoneCalled),
  })
  return { pairs: pairs.map(({ server, zone }) => `${server.server.name} ${zone.name}`), left }
}

/** Alike on every server. */
function serials(zones: Readonly<Record<string, number>>): ServerSerials {
  return new Map(ALL.map(server => [server, heldBy(zones)]))
}

function heldBy(zones: Readonly<Record<string, number>>): ReadonlyMap<string, Serial> {
  return new Map(Object.entries(zones).map(([name, serial]) => [name, serial as Serial]))
}

function zoneCalled(name: string): RenderedZone {
  return {
    name: name as DomainName,
    view: '_default',
    set: 'default',
    dynamic: true,
    file: `${name}.db`,
    journal: `${name}.db.jnl`,
    format: 'text',
    signing: false,
    inlineSigning: false,
    keyDirectory: undefined,
    updateKeys: [],
  }
}
