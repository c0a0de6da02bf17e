import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DomainName } from '../src/core/base/index.ts'
import { type Endpoint, querySerials, transferZones } from '../src/io/net/index.ts'
import { freePort } from '../test/io/net/named.ts'
import type { BenchRow } from './row.ts'

const ZONES = 20_000
const ROUNDS = 5
const DIG_SAMPLE = 300
const READY_MS = 120_000

const run = promisify(execFile)

/** Asking one `named` with 20,000 small zones for their serials and their contents, against dnsperf and dig. */
export async function bench(): Promise<BenchRow[]> {
  const server = await startNamed()
  try {
    return [await serialsRow(server), await digestsRow(server)]
  } finally {
    server.process.kill('SIGTERM')
    await server.ended
    await rm(server.folder, { recursive: true, force: true })
  }
}

type Server = {
  readonly endpoint: Endpoint
  readonly folder: string
  readonly zones: readonly DomainName[]
  readonly process: ReturnType<typeof spawn>
  readonly ended: Promise<unknown>
}

/** In turns, so that whatever else the machine does falls on both; the medians are compared. */
async function serialsRow(server: Server): Promise<BenchRow> {
  const [ours, theirs]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    theirs.push(await dnsperf(server))
    const started = performance.now()
    const serials = await querySerials(server.endpoint, server.zones, {})
    ours.push((ZONES / (performance.now() - started)) * 1000)
    if ([...serials.values()].some(serial => !serial.ok)) throw new Error('a zone had no serial')
  }
  const ratio = median(ours) / median(theirs)
  const figure = `${Math.round(median(ours))} zones/s, dnsperf ${Math.round(median(theirs))} queries/s`
  return { what: 'serials through DNS alone', figure, ratio, target: 'at least 0.8', met: ratio >= 0.8 }
}

/** dig transfers a sample one by one; its rate per zone stands for all of them. */
async function digestsRow(server: Server): Promise<BenchRow> {
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let digests = 0
    const started = performance.now()
    await transferZones(server.endpoint, server.zones, {
      onZone: (_zone, content) => (digests += content.ok ? 1 : 0),
    })
    rates.push((ZONES / (performance.now() - started)) * 1000)
    if (digests !== ZONES) throw new Error(`only ${digests} zones had a digest`)
  }
  const started = performance.now()
  for (const zone of server.zones.slice(0, DIG_SAMPLE)) {
    await run('dig', ['@127.0.0.1', '-p', String(server.endpoint.port), zone, 'AXFR'])
  }
  const theirs = (DIG_SAMPLE / (performance.now() - started)) * 1000
  const ratio = median(rates) / theirs
  const figure = `${Math.round(median(rates))} zones/s, dig axfr ${Math.round(theirs)} zones/s (by ${DIG_SAMPLE} of ${ZONES})`
  return { what: 'digests of 20,000 small zones', figure, ratio, target: 'at least 50', met: ratio >= 50 }
}

async function dnsperf(server: Server): Promise<number> {
  const place = ['-s', '127.0.0.1', '-p', String(server.endpoint.port)]
  const { stdout } = await run('dnsperf', [...place, '-d', join(server.folder, 'queries'), '-n', '3'])
  return Number(/Queries per second:\s+([\d.]+)/.exec(stdout)?.[1])
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] as number
}

async function startNamed(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'))
  const port = await freePort()
  const zones = Array.from({ length: ZONES }, (_, index) => `z${index}.example` as DomainName)
  const hosts = ['ns1', 'ns2', 'www', 'mail'].map((host, index) => `${host} A 192.0.2.${index + 1}`)
  const files = {
    'named.conf': `options { directory "${folder}"; pid-file none; session-keyfile none; listen-on-v6 { none; };
      listen-on port ${port} { 127.0.0.1; }; recursion no; notify no; allow-transfer { any; }; };
      controls { };
      logging { category xfer-out { null; }; };
      ${zones.map(zone => `zone "${zone}" { type primary; file "z.db"; };`).join('\n')}`,
    'z.db': [
      '$TTL 3600',
      '@ SOA ns1 hostmaster 1 3600 600 604800 300',
      '@ NS ns1',
      '@ NS ns2',
      '@ MX 10 mail',
      ...hosts,
      '',
    ].join('\n'),
    queries: zones.map(zone => `${zone} SOA\n`).join(''),
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const child = spawn('/usr/sbin/named', ['-g', '-c', join(folder, 'named.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise(resolve => child.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('named was not ready in time')), READY_MS)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (!text.includes(' running\n')) return
      clearTimeout(timer)
      resolve()
    })
    void ended.then(() => reject(new Error('named ended')))
  })
  return { endpoint: { address: '127.0.0.1', port }, folder, zones, process: child, ended }
}
