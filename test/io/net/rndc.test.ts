import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DomainName, KEY_ALGORITHMS, SharedKey } from '../../../src/core/base/index.ts'
import { COMMANDS_WAITING_MAX, openControl, serverStatus, zoneStatuses } from '../../../src/io/net/index.ts'
import { until } from '../../support/until.ts'
import { ControlServer, clock, ZONE_FILE } from './control-server.ts'
import { freePort, testKey } from './named.ts'

const keys = KEY_ALGORITHMS.map(algorithm => testKey(`key-${algorithm}`, algorithm))
const key = keys[3] as SharedKey
const options = { clock, deadlineMs: 10_000 }
const weird = 'w\\;ei\\"rd\\032\\(\\)\\@.example' as DomainName
const zones = `
  zone "static.example" { type primary; file "static.db"; };
  zone "dynamic.example" { type primary; file "dynamic.db"; allow-update { any; }; };
  zone "broken.example" { type primary; file "missing.db"; };
  zone "${weird}" { type primary; file "weird.db"; check-names ignore; };`
const files = { 'static.db': ZONE_FILE, 'dynamic.db': ZONE_FILE, 'weird.db': ZONE_FILE }
const dynamic = { name: 'dynamic.example' as DomainName }

let server: ControlServer

beforeAll(async () => {
  server = await ControlServer.start({ keys, zones, files })
})

afterAll(async () => {
  await server.stop()
})

describe('opening a control connection', () => {
  it.each(keys)('works with $algorithm', async key => {
    const connection = await server.open(key)
    expect(Math.abs(connection.skewMs)).toBeLessThanOrEqual(2_000)
    connection.end()
  })

  it('fails with another secret', async () => {
    const wrong = new SharedKey(key.name, key.algorithm, Buffer.from('not the secret'))
    expect(await openControl(server.target(wrong), options)).toMatchObject({
      error: { code: 'rndc.not-accepted', subject: 'ns1' },
    })
  })

  it('fails when the clocks are too far apart, and works as long as named allows it', async () => {
    const shifted = (shiftMs: number) =>
      openControl(server.target(key), { ...options, clock: { ...clock, now: () => Date.now() + shiftMs } })
    expect(await shifted(400_000)).toMatchObject({ error: { code: 'rndc.not-accepted' } })
    expect(await shifted(-250_000)).toMatchObject({ ok: true })
    expect(await shifted(250_000)).toMatchObject({ ok: true })
  })

  it('tells of no wait that was none, of a command whose time was over before its turn', async () => {
    const connection = await server.open(key)
    const answer = await connection.ask({ kind: 'status' }, -4000)
    connection.end()
    expect(answer).toMatchObject({
      error: {
        code: 'rndc.deadline',
        because: expect.stringMatching(/^no time was left/) as string,
        elapsedMs: 0,
      },
    })
  })

  it('fails where nothing listens, and where something else does', async () => {
    const nowhere = { ...server.target(key), endpoint: { address: '127.0.0.1', port: await freePort() } }
    const refused = { code: 'rndc.cannot-connect', refused: true }
    expect(await openControl(nowhere, options)).toMatchObject({ error: refused })
    const through = { host: '127.0.0.1', port: nowhere.endpoint.port }
    const tunnelled = await openControl({ ...nowhere, endpoint: { ...nowhere.endpoint, through } }, options)
    expect(tunnelled).toMatchObject({ error: { code: 'rndc.cannot-connect' } })
    expect(tunnelled).not.toMatchObject({ error: refused })
    const other = { ...server.target(key), endpoint: server.statistics }
    expect(await openControl(other, options)).toMatchObject({ error: { code: 'rndc.not-accepted' } })
  })
})

describe('a control connection', () => {
  it('carries many commands, and answers each asker with its own', async () => {
    const connection = await server.open(key)
    const names = ['static.example', 'nowhere.example', 'broken.example', weird] as DomainName[]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        connection.ask({ kind: 'zonestatus', zone: { name: names[at % 4] as DomainName } }),
      ),
    )
    const seen = answers.map(answer => (answer.ok ? 'ok' : answer.error.code))
    expect(seen.slice(0, 4)).toEqual(['ok', 'rndc.zone-unknown', 'rndc.zone-not-loaded', 'ok'])
    expect(seen).toEqual(Array.from({ length: 40 }, (_, at) => seen[at % 4]))
    connection.end()
    expect(await connection.ask({ kind: 'null' })).toMatchObject({
      error: { code: 'rndc.connection-ended' },
    })
  })

  it('freezes, tells so, and thaws', async () => {
    const connection = await server.open(key)
    const frozen = async () => {
      const statuses = await zoneStatuses(connection, [dynamic])
      return statuses.ok && statuses.value.map(({ status }) => status.ok && status.value.frozen)
    }
    expect(await connection.ask({ kind: 'freeze', zone: dynamic })).toMatchObject({ ok: true })
    expect(await frozen()).toEqual([true])
    const again = await connection.ask({ kind: 'freeze', zone: dynamic })
    expect(again).toMatchObject({ error: { code: 'rndc.zone-frozen' } })
    expect(!again.ok && again.error.because).toContain('already frozen')
    expect(await connection.ask({ kind: 'thaw', zone: dynamic })).toMatchObject({ ok: true })
    expect(await frozen()).toEqual([false])
    connection.end()
  })

  it('lives on over reconfig, and tells when named refused a configuration', async () => {
    const connection = await server.open(key)
    expect(await connection.ask({ kind: 'reconfig' })).toMatchObject({ ok: true })
    // named notes "done" when the last zone is loaded, also over the "failed" of a later reconfig.
    await until('the end of the reconfig', async () => {
      const status = await serverStatus(connection)
      return status.ok && !status.value.reloading
    })
    await server.configure({ keys, zones: 'zone "unfinished' })
    expect(await connection.ask({ kind: 'reconfig' })).toMatchObject({
      error: { code: 'rndc.configuration-refused' },
    })
    expect(await serverStatus(connection)).toMatchObject({ value: { reloadFailed: true } })
    // named-checkconf takes this one.
    await server.configure({ keys, zones: zones.replace('{', '{ allow-query { nobody; };') })
    expect(await connection.ask({ kind: 'reconfig' })).toMatchObject({
      error: { code: 'rndc.configuration-refused', because: expect.stringContaining('not found') as string },
    })
    await server.configure({ keys, zones })
    expect(await connection.ask({ kind: 'reconfig' })).toMatchObject({ ok: true })
    expect(await serverStatus(connection)).toMatchObject({ value: { reloadFailed: false } })
    connection.end()
  })

  it('is refused from the moment its key is no longer in the configuration', async () => {
    const connection = await server.open(key)
    await server.configure({ keys: keys.filter(other => other !== key), zones })
    expect(await connection.ask({ kind: 'reconfig' })).toMatchObject({ ok: true })
    expect(await connection.ask({ kind: 'status' })).toMatchObject({ error: { code: 'rndc.not-accepted' } })
    await server.configure({ keys, zones })
    const other = await server.open(keys[4] as SharedKey)
    expect(await other.ask({ kind: 'reconfig' })).toMatchObject({ ok: true })
    expect(await connection.ask({ kind: 'status' })).toMatchObject({ ok: true })
    other.end()
    connection.end()
  })

  it('takes only so many commands at a time', async () => {
    const connection = await server.open(key)
    const asked = Array.from({ length: COMMANDS_WAITING_MAX + 1 }, () => connection.ask({ kind: 'null' }))
    expect(await asked.at(-1)).toMatchObject({ error: { code: 'rndc.too-many-waiting' } })
    connection.end()
    await Promise.all(asked)
  })
})
