import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type VerifyOptions, verify } from '../src/app/commands/index.ts'
import type { VerifyDocument } from '../src/app/contract/index.ts'
import { type Lab, labZones } from '../src/app/lab/index.ts'
import { invariant } from '../src/core/base/index.ts'
import { withLab } from '../test/support/with-lab.ts'
import type { BenchRow } from './row.ts'

const ZONES = 2_000
const SERVERS = 6
const ROUNDS = 3
/** From each server, one after another; their rate stands for all. */
const DIG_SAMPLE = 50
const RATIO_MIN = 50

const run = promisify(execFile)

/** The content of a whole fleet compared, against `dig axfr` zone by zone from the same servers; and again, when nothing has changed. */
export function bench(): Promise<BenchRow[]> {
  return withLab({ zones: ZONES, zonesDynamic: ZONES / 2 }, async lab => {
    invariant(lab.servers.length === SERVERS, 'the lab has as many servers as the table says')
    const wholeMs: number[] = []
    const againMs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const whole = await verifyLab(lab, 'nothing')
      invariant(whole.transfers === SERVERS * ZONES, 'every zone is transferred from every server')
      wholeMs.push(whole.elapsedMs)
      const again = await verifyLab(lab, 'what-was-verified')
      invariant(again.transfers === 0, 'what has not changed costs no transfer')
      againMs.push(again.elapsedMs)
    }
    const digMs = (await digOne(lab)) * SERVERS * ZONES
    return [
      rowOf(`verify --all, ${ZONES} zones × ${SERVERS} servers`, median(wholeMs), digMs),
      rowOf(`verify again, nothing changed, ${ZONES} zones × ${SERVERS} servers`, median(againMs), digMs),
    ]
  })
}

function rowOf(what: string, ms: number, digMs: number): BenchRow {
  const ratio = digMs / ms
  const figure = `${(ms / 1000).toFixed(2)} s, dig axfr one by one ${(digMs / 1000).toFixed(0)} s (by ${SERVERS * DIG_SAMPLE} of ${SERVERS * ZONES})`
  return { what, figure, ratio, target: `at least ${RATIO_MIN}`, met: ratio >= RATIO_MIN }
}

async function verifyLab(lab: Lab, believe: VerifyOptions['believe']): Promise<VerifyDocument> {
  const verified = await verify({ fleetFile: join(lab.folder, 'baton.yaml'), believe })
  invariant(verified.ok && verified.value.well, 'the fleet is whole')
  return verified.value
}

/** Milliseconds for one zone from one server. */
async function digOne(lab: Lab): Promise<number> {
  const zones = labZones(lab.plan).slice(0, DIG_SAMPLE)
  const started = performance.now()
  for (const { dns } of lab.servers)
    for (const { name } of zones)
      await run('dig', [
        `@${dns.address}`,
        '-p',
        String(dns.port),
        '-k',
        join(lab.folder, 'keys', 'transfer.key'),
        name,
        'AXFR',
      ])
  return (performance.now() - started) / (zones.length * lab.servers.length)
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN
}
