import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DomainName, invariant } from '../src/core/base/index.ts'
import { fetchZoneStatistics, ZoneNames, zoneStatuses } from '../src/io/net/index.ts'
import { ControlServer, ZONE_FILE } from '../test/io/net/control-server.ts'
import { testKey } from '../test/io/net/named.ts'
import type { BenchRow } from './row.ts'

const SERVERS = 4
const ZONES = 20_000
const ROUNDS = 5
const STATUSES = 5_000
const DNSPERF_SECONDS = 5
const DEADLINE_MS = 60_000

/** Zones a second through the statistics channels of four servers at once, and `zonestatus`, against dnsperf on the same servers. */
export async function bench(): Promise<BenchRow[]> {
  const key = testKey('bench')
  const names = Array.from({ length: ZONES }, (_, at) => `z${at}.example` as DomainName)
  const zones = names.map(name => `zone "${name}" { type primary; file "a.db"; };`).join('\n')
  const servers: ControlServer[] = []
  try {
    for (let at = 0; at < SERVERS; at++) {
      servers.push(await ControlServer.start({ keys: [key], zones, files: { 'a.db': ZONE_FILE } }))
    }
    const queriesRate = await measureQueries(servers, names)
    const statisticsRate = await measureStatistics(servers)
    const [first] = servers
    invariant(first !== undefined, 'there is a server')
    const connection = await first.open(key)
    const begun = performance.now()
    const statuses = await zoneStatuses(
      connection,
      names.slice(0, STATUSES).map(name => ({ name })),
    )
    const statusRate = STATUSES / ((performance.now() - begun) / 1000)
    connection.end()
    invariant(statuses.ok, 'every zone has a status')
    const against = `dnsperf ${perSecond(queriesRate)} SOA queries`
    const ratio = statisticsRate / queriesRate
    return [
      {
        what: `zones seen, statistics channel, ${SERVERS} servers × ${ZONES} zones`,
        figure: `${perSecond(statisticsRate)}; ${against}`,
        ratio,
        target: 'none',
        met: true,
      },
      {
        what: 'zones seen, rndc zonestatus, one connection',
        figure: `${perSecond(statusRate)}; ${against}`,
        ratio: statusRate / queriesRate,
        target: 'none',
        met: true,
      },
    ]
  } finally {
    for (const server of servers) await server.stop()
  }
}

/** The best round counts, as it is the least disturbed one. */
async function measureStatistics(servers: readonly ControlServer[]): Promise<number> {
  let best = 0
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now()
    const names = new ZoneNames()
    const answers = await Promise.all(
      servers.map(server => fetchZoneStatistics(server.statistics, { deadlineMs: DEADLINE_MS, names })),
    )
    const elapsedS = (performance.now() - begun) / 1000
    const seen = answers.reduce((sum, answer) => sum + (answer.ok ? answer.value.zones.size : 0), 0)
    invariant(seen === SERVERS * ZONES, 'every zone is seen')
    best = Math.max(best, seen / elapsedS)
  }
  return best
}

/** All servers at once, each with a dnsperf of its own; their rates together. */
async function measureQueries(servers: readonly ControlServer[], names: readonly string[]): Promise<number> {
  const rates = await Promise.all(servers.map(server => runDnsperf(server, names)))
  return rates.reduce((sum, rate) => sum + rate, 0)
}

async function runDnsperf(server: ControlServer, names: readonly string[]): Promise<number> {
  const file = join(server.folder, 'queries')
  await writeFile(file, names.map(name => `${name} SOA\n`).join(''))
  const { address, port } = server.dns
  const dnsperf = spawn('dnsperf', [
    '-s',
    address,
    '-p',
    String(port),
    '-d',
    file,
    '-l',
    String(DNSPERF_SECONDS),
  ])
  let said = ''
  dnsperf.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`
  })
  await new Promise(resolve => dnsperf.once('close', resolve))
  const rate = /Queries per second:\s+([\d.]+)/.exec(said)?.[1]
  invariant(rate !== undefined, 'dnsperf says how many queries it made')
  return Number(rate)
}

function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString('en')}/s`
}
