import { SharedKey } from '../src/core/base/index.ts'
import type { Fleet } from '../src/core/fleet/index.ts'
import { parseFleet } from '../src/core/fleetfile/index.ts'
import { render, type Sources } from '../src/core/render/index.ts'
import type { BenchRow } from './row.ts'

const ZONES = 20_000
const RUNS = 5

const FLEET = `fleet: bench
zones: ./zones.conf
first-active: ns1
keys: { transfer: ./transfer.key }
policy: { transfer-key: transfer }
groups: { east: { follows: [ns1, ns2] }, west: { follows: [ns2, ns1] } }
servers:
  ns1: { ssh: ns1, kind: peer, address: 192.0.2.1, rndc: { key: transfer } }
  ns2: { ssh: ns2, kind: peer, address: 192.0.2.2, rndc: { key: transfer } }
  e1: { ssh: e1, kind: secondary, group: east, address: 192.0.2.3, rndc: { key: transfer } }
  w1: { ssh: w1, kind: secondary, group: west, address: 192.0.2.4, rndc: { key: transfer } }
`

/** Time and memory to render every file of four servers with 20,000 zones. For information: there is no target. */
export async function bench(): Promise<BenchRow[]> {
  const fleet = benchFleet()
  const sources = benchSources(fleet)
  const times: number[] = []
  const heapBefore = process.memoryUsage().heapUsed
  let bytes = 0
  for (let index = 0; index < RUNS; index++) {
    const start = performance.now()
    const rendering = render(fleet, sources, new Map())
    times.push(performance.now() - start)
    if (!rendering.ok) throw new Error(rendering.error[0]?.message)
    const files = [...rendering.value.servers.values()].flatMap(server => server.files)
    bytes = files.reduce((sum, file) => sum + file.content.length, 0)
  }
  const fastest = Math.min(...times)
  const heap = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20
  const figure = `${fastest.toFixed(0)} ms, ${(bytes / 2 ** 20).toFixed(0)} MiB of files, heap +${heap.toFixed(0)} MiB`
  const ratio = (ZONES * fleet.servers.length) / fastest
  return [
    {
      what: `render ${fleet.servers.length} servers × ${ZONES} zones (ratio: zones per ms)`,
      figure,
      ratio,
      target: 'none',
      met: true,
    },
  ]
}

function benchFleet(): Fleet {
  const parsed = parseFleet(FLEET, '/bench/baton.yaml')
  if (!parsed.ok) throw new Error(parsed.error.map(problem => problem.message).join('\n'))
  return parsed.value
}

function benchSources(fleet: Fleet): Sources {
  const zones = Array.from(
    { length: ZONES },
    (_, index) => `zone "z${index}.example" {
	type primary;
	file "z${index}.example.db";
	allow-update { key transfer; };
};
`,
  )
  const file = fleet.zoneSets[0]?.zones[0]?.file ?? ''
  return {
    texts: new Map([[file, zones.join('')]]),
    keys: new Map([
      ['transfer', new SharedKey('transfer', 'hmac-sha256', new TextEncoder().encode('bench'))],
    ]),
    releases: new Map(),
  }
}
