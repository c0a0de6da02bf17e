import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Endpoint, fetchZoneStatistics } from '../../../src/io/net/index.ts'
import { PIECE_BYTES, ZoneStatisticsPieces } from '../../../src/io/net/statistics/zone-statistics-pieces.ts'
import { ControlServer, ZONE_FILE } from './control-server.ts'
import { freePort, testKey } from './named.ts'

const ZONES = 5_000
const CHUNK_BYTES = 5_000
/** More than is gathered without a zone. */
const TEXT_BYTES = 72 * 1024 ** 2
const options = { deadlineMs: 20_000 }
const recorded = readFileSync(new URL('../../corpus/statistics/zones-9.18.49.json', import.meta.url))

describe('the statistics of a real named', () => {
  let server: ControlServer

  beforeAll(async () => {
    const many = Array.from(
      { length: ZONES },
      (_, at) => `zone "z${at}.example" { type primary; file "a.db"; };`,
    )
    const zones = `
      view inside {
        match-clients { any; };
        ${many.join('\n')}
        zone "broken.example" { type primary; file "missing.db"; };
        zone "Upper.\\009odd.example" { type primary; file "a.db"; check-names ignore; };
        zone "unseen.example" { type primary; file "a.db"; zone-statistics none; };
      };
      view outside {
        zone "z0.example" { type primary; file "b.db"; };
        zone "held.example" { type secondary; primaries { 127.0.0.1 port 1; }; file "held.db"; };
      };`
    const files = { 'a.db': ZONE_FILE, 'b.db': ZONE_FILE.replace(' 5 ', ' 4294967295 ') }
    server = await ControlServer.start({ keys: [testKey('key')], zones, files })
  })

  afterAll(async () => {
    await server.stop()
  })

  it('are read whole, view by view', async () => {
    const statistics = await fetchZoneStatistics(server.statistics, options)
    if (!statistics.ok) throw new Error(statistics.error.because)
    const { zones, version, bootTime, currentTime } = statistics.value
    expect(zones.size).toBe(ZONES + 4)
    expect(version).toMatch(/^9\./)
    expect(bootTime).toBeLessThanOrEqual(currentTime ?? 0)
    expect(zones.get('z4999.example/inside')).toEqual({
      name: 'z4999.example',
      view: 'inside',
      type: 'primary',
      serial: 5,
      loaded: true,
      loadTime: expect.any(Number) as number,
      expires: undefined,
      refresh: undefined,
    })
    expect(zones.get('z0.example/outside')).toMatchObject({ serial: 4294967295, view: 'outside' })
    expect(zones.get('broken.example/inside')).toMatchObject({ serial: undefined, loaded: false })
    expect(zones.get('held.example/outside')).toMatchObject({ type: 'secondary', loaded: false })
    expect(zones.get('upper.\\009odd.example/inside')).toMatchObject({ loaded: true })
    expect(zones.has('unseen.example/inside')).toBe(false)
  })

  it('are laid out so that pieces can be cut off', async () => {
    const { address, port } = server.statistics
    const answer = await fetch(`http://${address}:${port}/json/v1/zones`)
    const pieces = new ZoneStatisticsPieces()
    let bytesMax = 0
    const body = Buffer.from(await answer.arrayBuffer())
    for (let at = 0; at < body.length; at += CHUNK_BYTES) {
      pieces.push(body.subarray(at, at + CHUNK_BYTES))
      bytesMax = Math.max(bytesMax, pieces.gatheredBytes)
    }
    expect(bytesMax).toBeGreaterThan(0)
    expect(bytesMax).toBeLessThan(PIECE_BYTES + CHUNK_BYTES)
  })

  it('are not to be had where named speaks another protocol, or nothing listens', async () => {
    expect(await fetchZoneStatistics(server.control, options)).toMatchObject({
      error: { code: 'statistics.cut-off' },
    })
    const nowhere = { address: '127.0.0.1', port: await freePort() }
    expect(await fetchZoneStatistics(nowhere, options)).toMatchObject({
      error: { code: 'statistics.cannot-connect' },
    })
  })

  it('are not waited for without end', async () => {
    await server.hang()
    const statistics = await fetchZoneStatistics(server.statistics, { deadlineMs: 200 })
    server.goOn()
    expect(statistics).toMatchObject({ error: { code: 'statistics.deadline' } })
  })
})

describe('an answer that is none of named', () => {
  let foreign: Server | undefined

  afterEach(async () => {
    await new Promise(resolve => foreign?.close(resolve))
  })

  async function serve(listener: RequestListener): Promise<Endpoint> {
    const server = createServer(listener)
    foreign = server
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return { address: '127.0.0.1', port: (server.address() as AddressInfo).port }
  }

  it.each<[string, RequestListener]>([
    ['a page', (_, response) => response.end('<html></html>')],
    ['nothing there', (_, response) => response.writeHead(404).end()],
    ['other JSON', (_, response) => response.end('{"zones": []}')],
    [
      'a later version',
      (_, response) =>
        response.end(recorded.toString().replace('"json-stats-version":"1.7"', '"json-stats-version":"2.0"')),
    ],
    ['a text without end', (_, response) => response.end(Buffer.alloc(TEXT_BYTES, '{"a'))],
  ])('fails: %s', async (_, listener) => {
    const statistics = await fetchZoneStatistics(await serve(listener), options)
    expect(statistics).toMatchObject({ error: { code: 'statistics.not-named' } })
  })

  it('fails when it is cut off, with a length or in chunks', async () => {
    const half = recorded.subarray(0, recorded.length / 2)
    const announced = await serve((_, response) => {
      response.writeHead(200, { 'content-length': recorded.length }).write(half, () => response.destroy())
    })
    const cutOff = { error: { code: 'statistics.cut-off' } }
    expect(await fetchZoneStatistics(announced, options)).toMatchObject(cutOff)
    await new Promise(resolve => foreign?.close(resolve))
    const ended = await serve((_, response) => response.end(half))
    expect(await fetchZoneStatistics(ended, options)).toMatchObject(cutOff)
  })

  it('is read when it comes in small chunks', async () => {
    const endpoint = await serve((_, response) => {
      for (let at = 0; at < recorded.length; at += 7) response.write(recorded.subarray(at, at + 7))
      response.end()
    })
    const statistics = await fetchZoneStatistics(endpoint, options)
    expect(statistics.ok && statistics.value.zones.size).toBe(8)
  })
})
