import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../../src/io/net/index.ts'
import { ZoneLayout } from '../../../src/io/net/zone-layout.ts'
import { ControlServer, ZONE_FILE } from './control-server.ts'
import { testKey } from './named.ts'

const recorded = readFileSync(new URL('../../corpus/statistics/zones-9.18.49.json', import.meta.url))
/** Behind the last zone there is always more of a long answer. */
const answer = Buffer.concat([recorded, Buffer.alloc(1024)])

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
      const read = startsOf(bytes).flatMap(place =>
        layout.read(bytes, place) === undefined ? [] : [{ name: layout.name.string(), type: layout.type }],
      )
      expect(read).toEqual([
        { name: 'a.example', type: 'primary' },
        { name: 'b.example', type: 'secondary' },
      ])
    } finally {
      await server.stop()
    }
  })

  it('ends where the zone ends, and nowhere when one byte is another', () => {
    const layout = new ZoneLayout()
    const start = startsOf(answer).find(place => layout.read(answer, place) !== undefined) ?? Number.NaN
    const end = layout.read(answer, start) ?? Number.NaN
    const zone = JSON.parse(answer.toString('utf8', start, end)) as { name: string; serial: number }
    expect(layout.read(answer, start)).toBe(end)
    expect(layout).toMatchObject({ serial: zone.serial })
    expect(layout.name.string()).toBe(zone.name)
    for (let at = start; at < end; at++) {
      const other = Buffer.from(answer)
      other[at] = 0x22
      if (other[at] === answer[at]) continue
      expect(layout.read(other, start)).toBeUndefined()
    }
  })

  it('is not looked for where the zone may not have come whole', () => {
    const [start = Number.NaN] = startsOf(answer)
    expect(new ZoneLayout().read(answer.subarray(0, start + 300), start)).toBeUndefined()
  })
})

async function fetchWhole({ address, port }: Endpoint): Promise<Buffer> {
  const answer = await fetch(`http://${address}:${port}/json/v1/zones`)
  return Buffer.from(await answer.arrayBuffer())
}

function startsOf(bytes: Buffer): readonly number[] {
  return [...bytes.toString('latin1').matchAll(/\{\s*"name":/g)].map(({ index }) => index)
}
