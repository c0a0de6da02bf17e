import { describe, expect, it } from 'vitest'
import { type DomainName, invariant, ok } from '../../../src/core/base/index.ts'
import { parseFleet } from '../../../src/core/fleetfile/index.ts'
import type { ControlCommand } from '../../../src/core/rndc/index.ts'
import { command } from '../../../src/io/engine/control.ts'
import { localHost } from '../../../src/io/hosts/index.ts'
import { type Control, serverStatus, zoneStatuses } from '../../../src/io/net/index.ts'
import { linkOf, openLinks, type ServerLink } from '../../../src/io/observe/index.ts'
import { Relay } from '../../support/relay.ts'
import { until } from '../../support/until.ts'
import { ControlServer, clock, ZONE_FILE } from '../net/control-server.ts'
import { testKey } from '../net/named.ts'

const FLEET = `fleet: small
zones: ./zones.conf
first-active: ns1
keys: { transfer: ./transfer.key }
policy: { transfer-key: transfer }
servers:
  ns1: { ssh: ns1, kind: peer, address: 192.0.2.1, rndc: { key: transfer } }
  ns2: { ssh: ns2, kind: peer, address: 192.0.2.2, rndc: { key: transfer } }
`
/** How long an order may take here, in milliseconds. */
const COMMAND_MS = 2_000
const key = testKey('transfer')
const zone = { name: 'dynamic.example' as DomainName }
const ONE_ZONE = 'zone "dynamic.example" { type primary; file "dynamic.db"; allow-update { any; }; };'
const TWO_ZONES = `${ONE_ZONE} zone "other.example" { type primary; file "other.db"; };`
/** An access list that names what nobody defines. */
const REFUSED = `${ONE_ZONE} zone "other.example" { type primary; file "other.db"; allow-query { nobody; }; };`

type World = {
  readonly server: ControlServer
  readonly relay: Relay
  /** Beside the relay. */
  readonly straight: Control
  /** Through the relay. */
  readonly link: ServerLink
}

/** A real named behind a relay, and Baton's link to it. */
async function inWorld(act: (world: World) => Promise<void>): Promise<void> {
  const server = await ControlServer.start({
    keys: [key],
    zones: ONE_ZONE,
    files: { 'dynamic.db': ZONE_FILE, 'other.db': ZONE_FILE },
  })
  const relay = await Relay.before(server.control.port)
  const fleet = parseFleet(FLEET, '/small/baton.yaml')
  invariant(fleet.ok, 'the fleet is one')
  const links = openLinks({
    fleet: fleet.value,
    keys: new Map([['transfer', key]]),
    clock,
    openHost: ({ name }) => ok(localHost(name)),
    endpointsOf: () => ({
      dns: server.dns,
      control: { address: '127.0.0.1', port: relay.port },
      statistics: undefined,
    }),
  })
  invariant(links.ok, 'links are made without a connection')
  const straight = await server.open(key)
  try {
    await act({
      server,
      relay,
      straight,
      link: linkOf(links.value.within({ commandMs: COMMAND_MS }), 'ns1'),
    })
  } finally {
    straight.end()
    await links.value.close()
    relay.close()
    await server.stop()
  }
}

/** What named says of itself: of its one zone, and of how many it has. */
async function standing({ straight }: World): Promise<unknown> {
  const [statuses, server] = [await zoneStatuses(straight, [zone]), await serverStatus(straight)]
  const status = statuses.ok ? statuses.value[0]?.status : undefined
  if (!server.ok || status?.ok !== true) throw new Error('named does not say')
  return { frozen: status.value.frozen, zones: server.value.zones, configured: server.value.configTime }
}

async function give({ straight }: World, order: ControlCommand): Promise<void> {
  expect(await straight.ask(order)).toMatchObject({ ok: true })
}

const configureTwo = ({ server }: World) => server.configure({ keys: [key], zones: TWO_ZONES })

/** Table: every order with which a run changes a role or stops writes, its words, what comes before, and what is to be seen of it. */
const ORDERS: readonly {
  readonly order: ControlCommand
  readonly words: string
  readonly prepare?: (world: World) => Promise<void>
  readonly before: object
  readonly after: object
}[] = [
  { order: { kind: 'freeze', zone }, words: 'freeze', before: { frozen: false }, after: { frozen: true } },
  { order: { kind: 'freeze-all' }, words: 'freeze', before: { frozen: false }, after: { frozen: true } },
  {
    order: { kind: 'thaw', zone },
    words: 'thaw',
    prepare: world => give(world, { kind: 'freeze', zone }),
    before: { frozen: true },
    after: { frozen: false },
  },
  {
    order: { kind: 'thaw-all' },
    words: 'thaw',
    prepare: world => give(world, { kind: 'freeze', zone }),
    before: { frozen: true },
    after: { frozen: false },
  },
  {
    order: { kind: 'reconfig' },
    words: 'reconfig',
    prepare: configureTwo,
    // named has one of its own.
    before: { zones: 2 },
    after: { zones: 3 },
  },
]

/** Table: what the network does, and whether the order arrives while its answer does not. */
const FAULTS = [
  { fault: 'the order is held', arrives: false, put: (relay: Relay, words: string) => relay.holdOnce(words) },
  {
    fault: 'the answer is held',
    arrives: true,
    put: (relay: Relay, words: string) => relay.holdAnswer(words),
  },
  {
    fault: 'the answer is lost with the connection',
    arrives: true,
    put: (relay: Relay, words: string) => relay.cut(words),
  },
] as const

describe.concurrent('what named is asked to do while the network is at fault', () => {
  const cells = ORDERS.flatMap(order => FAULTS.map(fault => ({ ...order, ...fault, kind: order.order.kind })))

  it.each(cells)('$kind, $fault: once Baton has said how it ended nothing happens any more', async cell => {
    await inWorld(async world => {
      await cell.prepare?.(world)
      expect(await standing(world)).toMatchObject(cell.before)
      cell.put(world.relay, cell.words)
      const ended = await command(world.link, cell.order)
      const then = await standing(world)
      expect(then).toMatchObject(cell.arrives ? cell.after : cell.before)
      // Of a reconfig named itself says that it was done; of the others it is looked at by whoever gave them.
      expect(ended.ok).toBe(cell.arrives && cell.kind === 'reconfig')
      await world.relay.deliver()
      expect(await standing(world)).toEqual(then)
    })
  })

  it('a reconfig in the same second as one before is known to be done, though its answer is lost', async () => {
    await inWorld(async world => {
      await configureTwo(world)
      // named dates its configuration in whole seconds.
      await until('a second begins', () => Date.now() % 1000 < 100)
      await give(world, { kind: 'reconfig' })
      world.relay.cut('reconfig')
      expect(await command(world.link, { kind: 'reconfig' })).toMatchObject({ ok: true })
    })
  })

  it('a reconfig that comes late, but within its life, is done as soon as named says so', async () => {
    await inWorld(async world => {
      await configureTwo(world)
      world.relay.holdOnce('reconfig')
      const ended = command({ ...world.link, commandMs: 20_000 }, { kind: 'reconfig' })
      await until('the order is on its way', () => world.relay.holds === 1)
      world.relay.hangUp()
      await world.relay.deliver()
      expect(await ended).toMatchObject({ ok: true })
      expect(await standing(world)).toMatchObject({ zones: 3 })
    })
  })

  it('a reconfig that named refuses is refused, though its answer is lost', async () => {
    await inWorld(async world => {
      await world.server.configure({ keys: [key], zones: REFUSED })
      world.relay.cut('reconfig')
      expect(await command(world.link, { kind: 'reconfig' })).toMatchObject({
        ok: false,
        error: { code: 'rndc.configuration-refused', subject: 'ns1' },
      })
    })
  })
})
