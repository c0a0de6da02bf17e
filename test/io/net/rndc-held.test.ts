import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DomainName } from '../../../src/core/base/index.ts'
import { ORDER_LATE_MAX_MS } from '../../../src/core/rndc/index.ts'
import { type Control, openControl, zoneStatuses } from '../../../src/io/net/index.ts'
import { Relay } from '../../support/relay.ts'
import { until } from '../../support/until.ts'
import { ControlServer, clock, ZONE_FILE } from './control-server.ts'
import { testKey } from './named.ts'

const key = testKey('key')
const zone = { name: 'dynamic.example' as DomainName }
const options = {
  keys: [key],
  zones: 'zone "dynamic.example" { type primary; file "dynamic.db"; allow-update { any; }; };',
  files: { 'dynamic.db': ZONE_FILE },
}
const DEADLINE_MS = 1_000

let server: ControlServer
let relay: Relay
let through: Control
let straight: Control

beforeEach(async () => {
  server = await ControlServer.start(options)
  relay = await Relay.before(server.control.port)
  const target = { ...server.target(key), endpoint: { address: '127.0.0.1', port: relay.port } }
  const opened = await openControl(target, { clock, deadlineMs: 20_000 })
  if (!opened.ok) throw new Error(opened.error.because)
  through = opened.value
  straight = await server.open(key)
})
afterEach(async () => {
  through.end()
  straight.end()
  relay.close()
  await server.stop()
})

async function isFrozen(): Promise<boolean> {
  const statuses = await zoneStatuses(straight, [zone])
  const status = statuses.ok ? statuses.value[0]?.status : undefined
  if (status?.ok !== true) throw new Error('no status')
  return status.value.frozen
}

describe('an order that was given up', () => {
  it.each([{ kind: 'freeze', zone } as const, { kind: 'freeze-all' } as const])(
    'is not carried out when it arrives at last: $kind',
    async order => {
      relay.hold()
      expect(await through.ask(order, DEADLINE_MS)).toMatchObject({ error: { code: 'rndc.deadline' } })
      expect(relay.holds).toBe(1)
      const livesMs = through.livesMs()
      expect(livesMs).toBeGreaterThan(ORDER_LATE_MAX_MS - 500)
      expect(livesMs).toBeLessThanOrEqual(ORDER_LATE_MAX_MS)
      await until('its life is over', () => through.livesMs() === 0)
      await relay.deliver()
      expect(await isFrozen()).toBe(false)
    },
  )

  it('while it waited for its turn is never given', async () => {
    await server.hang()
    const first = through.ask({ kind: 'status' }, 60_000)
    const began = performance.now()
    expect(await through.ask({ kind: 'freeze', zone }, 300)).toMatchObject({
      error: { code: 'rndc.deadline' },
    })
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(through.livesMs()).toBe(0)
    server.goOn()
    expect(await first).toMatchObject({ ok: true })
    expect(await through.ask({ kind: 'null' })).toMatchObject({ ok: true })
    expect(await isFrozen()).toBe(false)
  })

  it('is taken while it is in time, however slow the answer', async () => {
    relay.hold()
    const asked = through.ask({ kind: 'freeze', zone }, 20_000)
    const late = performance.now() + 3_000
    await until('three seconds', () => relay.holds === 1 && performance.now() > late)
    await relay.deliver()
    expect(await asked).toMatchObject({ ok: true })
    expect(await isFrozen()).toBe(true)
  })
})
