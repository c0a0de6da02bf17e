import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../../src/io/net/index.ts'
import { ZoneLayout } from '../../../src/io/net/zone-layout.ts'
import { ControlServer, ZONE_FILE } from './control-server.ts'
import { testKey } from './named.ts'

const recorded = readFileSync(new URL('../../corpus/statistics/zones-9.18.49.json', import.meta.url))

describe('the layout of zones in the statistics', () => {
  it('is that of a real named, where its zones are loaded', async () => {
    const zones = `
      zone "a.example" { type primary; file "a.db"; };
      zone "b.example" {
        type secondary; file "b.db"; masterfile-format text; primaries { 127.0.0.1 port 1; };
      };`
    const files = { 'a.db': ZONE_FILE, 'b.db': ZONE_FILE }
    const server = await ControlServer.start({ keys: [testKey('key')], zones, files })
    try {
      const bytes = Buffer.concat([await fetchWhole(server.statistics), Buffer.alloc(1024)])
      const layout = new ZoneLayout()
      const read = startsOf(bytes).flatMap(start => {
        const end = layout.read(bytes, start, undefined)
        if (end === undefined) return []
        const zone = JSON.parse(bytes.toString('utf8', start, end)) as Zone
        expect(factsOf(layout)).toEqual({ ...zone, ...instantsOf(zone) })
        for (let at = start; at < end; at++) {
          const other = Buffer.from(bytes)
          other[at] = BACKSLASH
          for (const guess of [undefined, zone.name]) expect(layout.read(other, start, guess)).toBeUndefined()
        }
        return [zone.name]
      })
      expect(read).toEqual(['a.example', 'b.example'])
    } finally {
      await server.stop()
    }
  })

  it('says whether a zone has the name that was guessed, and what name it has otherwise', () => {
    const [start = Number.NaN] = startsOf(recorded)
    const layout = new ZoneLayout()
    const end = layout.read(recorded, start, undefined)
    const name = layout.name.string() ?? ''
    expect(layout.guessed).toBe(false)
    expect(name).not.toBe('')

    expect(layout.read(recorded, start, name)).toBe(end)
    expect(layout.guessed).toBe(true)

    for (const other of [name.slice(0, -1), `${name}s`, name.toUpperCase(), '']) {
      layout.name.end = layout.name.start
      expect(layout.read(recorded, start, other)).toBe(end)
      expect(layout.guessed).toBe(false)
      expect(layout.name.string()).toBe(name)
    }
  })

  it('is not looked for where the zone may not have come whole', () => {
    const [start = Number.NaN] = startsOf(recorded)
    expect(new ZoneLayout().read(recorded, start, undefined)).toBeDefined()
    expect(new ZoneLayout().read(recorded.subarray(0, start + 300), start, undefined)).toBeUndefined()
  })
})

/** What stands in no zone of this layout: with an escape it is left to those who read any JSON. */
const BACKSLASH = 0x5c

type Zone = {
  readonly name: string
  readonly loaded: string
  readonly expires?: string
  readonly refresh?: string
}

function factsOf({ name, type, serial, loadTime, expires, refresh }: ZoneLayout) {
  return { name: name.string(), class: 'IN', type, serial, loaded: loadTime, expires, refresh }
}

function instantsOf({ loaded, expires, refresh }: Zone) {
  const instant = (text: string | undefined) => (text === undefined ? Number.NaN : Date.parse(text))
  return { loaded: instant(loaded), expires: instant(expires), refresh: instant(refresh) }
}

async function fetchWhole({ address, port }: Endpoint): Promise<Buffer> {
  const answer = await fetch(`http://${address}:${port}/json/v1/zones`)
  return Buffer.from(await answer.arrayBuffer())
}

function startsOf(bytes: Buffer): readonly number[] {
  return [...bytes.toString('latin1').matchAll(/\{\s*"name":/g)].map(({ index }) => index)
}
