import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openSession, type Session } from '../src/app/commands/session/session.ts'
import type { Lab } from '../src/app/lab/index.ts'
import { transferZones } from '../src/io/net/index.ts'
import { fleetKey, observe, seeZonesByDns } from '../src/io/observe/index.ts'
import { awaitQuiet } from '../test/support/await-quiet.ts'
import { dnsperfRate } from './fleet/dnsperf.ts'
import { withLargeLab } from './fleet/large-lab.ts'
import { measureMemory } from './fleet/measure-memory.ts'
import { median } from './median.ts'
import type { BenchRow } from './row.ts'

const ZONES = 20_000
const ROUNDS = 5
const SEEN_ROUNDS = 9
const DIG_SAMPLE = 200
/** Of the time that the servers take for their own statistics, which are thrown away as they come. */
const SEEN_TIME_MAX = 1.6
const DNS_RATIO_MIN = 0.8
const CONTENT_RATIO_MIN = 50
const MEMORY_MAX_MIB = 300
/** Less than a zone takes in what named answers. */
const ZONE_BYTES_MIN = 50

const run = promisify(execFile)

/** Zones, and queries of dnsperf, a second. */
type SeenRound = {
  readonly queries: number
  readonly whole: number
  /** What named alone takes of `whole`: its answers are thrown away as they come. */
  readonly unread: number
  readonly byDns: number
}

type SeenTarget = { readonly ours: Exclude<keyof SeenRound, 'queries'>; readonly min: number }

/** Seeing four servers with 20,000 zones each, by all means and by DNS alone; what it takes of memory; their contents. */
export function bench(): Promise<BenchRow[]> {
  return withLargeLab(ZONES, async lab => {
    await awaitQuiet(lab)
    const fleet = join(lab.folder, 'baton.yaml')
    const session = await openSession({ fleetFile: fleet })
    if (!session.ok) throw new Error(JSON.stringify(session.error))
    try {
      return [
        ...(await seenRows(lab, session.value)),
        await memoryRow(fleet),
        await contentRow(lab, session.value),
      ]
    } finally {
      await session.value.close()
    }
  })
}

/** In turns, and each look against the queries right before it, so that whatever else the machine does falls on both. */
async function seenRows(lab: Lab, session: Session): Promise<BenchRow[]> {
  const names = (session.rendered.get(lab.plan.peers[0] ?? '')?.zones ?? []).map(({ name }) => name)
  const endpoints = lab.servers.map(({ dns }) => dns)
  const rounds: SeenRound[] = []
  for (let round = 0; round < SEEN_ROUNDS; round++)
    rounds.push({
      queries: await dnsperfRate(endpoints, names),
      whole: await zonesPerSecond(() => countObserved(session)),
      unread: await zonesPerSecond(() => throwAway(lab)),
      byDns: await zonesPerSecond(() => countByDns(session)),
    })
  return [
    timeRow(rounds),
    rateRow('fleet seen through DNS alone', rounds, { ours: 'byDns', min: DNS_RATIO_MIN }),
  ]
}

async function countObserved({ links, rendered }: Session): Promise<number> {
  const { servers } = await observe(links, { rendered, preflight: new Map() })
  return [...servers.values()].reduce((sum, { zones }) => sum + (zones.ok ? zones.value.zones.size : 0), 0)
}

/** Zones by the length of what named answers: counting them would be reading. */
async function throwAway({ servers }: Lab): Promise<number> {
  await Promise.all(
    servers.map(async ({ statistics: { address, port } }) => {
      const outgoing = request({ host: address, port, path: '/json/v1/zones', agent: false }).end()
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      await once(answer, 'end')
      if (bytes < ZONES * ZONE_BYTES_MIN) throw new Error(`only ${bytes} bytes of statistics came`)
    }),
  )
  return ZONES * servers.length
}

async function countByDns({ links, rendered }: Session): Promise<number> {
  const seen = await Promise.all(
    links.servers.map(link => seeZonesByDns(links, link, rendered.get(link.server.name)?.zones ?? [])),
  )
  return seen.reduce((sum, zones) => sum + (zones.ok ? zones.value.zones.size : 0), 0)
}

async function zonesPerSecond(look: () => Promise<number>): Promise<number> {
  const started = performance.now()
  const count = await look()
  const elapsedS = (performance.now() - started) / 1000
  if (count < ZONES) throw new Error(`only ${count} zones were seen`)
  return count / elapsedS
}

/** What a look takes, against what named takes of it. */
function timeRow(rounds: readonly SeenRound[]): BenchRow {
  const ratio = median(rounds.map(({ whole, unread }) => unread / whole))
  const rate = (ours: 'whole' | 'unread') => Math.round(median(rounds.map(round => round[ours])))
  return {
    what: `fleet seen (type, serial, loaded, role), 4 servers × ${ZONES.toLocaleString('en')} zones`,
    figure: `${rate('whole')} zones/s; statistics thrown away as they come ${rate('unread')} zones/s`,
    ratio,
    target: `at most ${SEEN_TIME_MAX}`,
    met: ratio <= SEEN_TIME_MAX,
  }
}

function rateRow(what: string, rounds: readonly SeenRound[], { ours, min }: SeenTarget): BenchRow {
  const ratio = median(rounds.map(round => round[ours] / round.queries))
  const rate = Math.round(median(rounds.map(round => round[ours])))
  const queries = Math.round(median(rounds.map(round => round.queries)))
  return {
    what: `${what}, 4 servers × ${ZONES.toLocaleString('en')} zones`,
    figure: `${rate} zones/s; dnsperf ${queries} queries/s`,
    ratio,
    target: `at least ${min}`,
    met: ratio >= min,
  }
}

async function memoryRow(fleet: string): Promise<BenchRow> {
  const mebibytes = await measureMemory(fleet)
  return {
    what: `memory of baton status, 4 servers × ${ZONES.toLocaleString('en')} zones`,
    figure: `${Math.round(mebibytes)} MiB at most, of ${MEMORY_MAX_MIB} MiB`,
    ratio: mebibytes / MEMORY_MAX_MIB,
    target: 'below 1',
    met: mebibytes < MEMORY_MAX_MIB,
  }
}

/** dig transfers a sample zone by zone; its rate stands for all of them. */
async function contentRow(lab: Lab, session: Session): Promise<BenchRow> {
  const [server] = session.links.servers
  const names = (session.rendered.get(lab.plan.peers[0] ?? '')?.zones ?? []).map(({ name }) => name)
  if (server === undefined) throw new Error('the lab has no server')
  const key = fleetKey(session.links)
  const { address, port } = server.server.dns
  const place = [`@${address}`, '-p', String(port), '-k', join(lab.folder, 'keys', 'transfer.key')]
  const started = performance.now()
  for (const name of names.slice(0, DIG_SAMPLE)) await run('dig', [...place, name, 'AXFR'])
  const against = (DIG_SAMPLE / (performance.now() - started)) * 1000
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++)
    rates.push(
      await zonesPerSecond(async () => {
        let digests = 0
        await transferZones(server.server.dns, names, {
          key,
          onZone: (_zone, content) => {
            if (content.ok) digests++
          },
        })
        return digests
      }),
    )
  const ratio = median(rates) / against
  return {
    what: `digests of ${ZONES.toLocaleString('en')} signed transfers from one server`,
    figure: `${Math.round(median(rates))} zones/s; dig axfr ${Math.round(against)} zones/s, by ${DIG_SAMPLE}`,
    ratio,
    target: `at least ${CONTENT_RATIO_MIN}`,
    met: ratio >= CONTENT_RATIO_MIN,
  }
}
