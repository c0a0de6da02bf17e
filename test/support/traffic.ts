import {
  type Lab,
  labZones,
  type QuerierReport,
  readLabKey,
  startQuerier,
  startWriter,
  type WriterProgress,
  type WriterReport,
} from '../../src/app/lab/index.ts'
import type { DomainName, Instant } from '../../src/core/base/index.ts'
import { appliedSince, type Turn, turnsOf } from './applied-updates.ts'
import { type OpenWatch, watchOpen } from './watch-open.ts'

/** A resolver's patience, in milliseconds. */
const PATIENCE_MS = 5000
/** Of ten updates nine go to so few zones: most clients of a large fleet sit in few of its zones. */
const BUSY_ZONES_MAX = 24
const UPDATES_PER_QUIET = 10
/** The bound on what a writer remembers. */
const UPDATES_MAX = 1_000_000

export type TrafficOptions = {
  readonly updatesPerSecond: number
  readonly queriesPerSecond: number
}

/** What was seen from outside while something was done to a fleet. */
export type Evidence = {
  readonly began: Instant
  /** From the first update to the last acknowledgement, in milliseconds. */
  readonly writingMs: number
  readonly written: WriterReport
  readonly asked: QuerierReport
  /** Who applied updates, by the servers' own logs. */
  readonly turns: readonly Turn[]
  readonly watched: Awaited<ReturnType<OpenWatch['stop']>>
}

/** A writer through every peer, resolvers at every secondary, and a watch over who takes updates. */
export interface Traffic {
  progress(): WriterProgress
  stop(): Promise<Evidence>
}

export function startTraffic(lab: Lab, options: TrafficOptions): Traffic {
  const key = readLabKey(lab.folder, 'writer')
  if (!key.ok) throw new Error(key.error.because)
  const zones = labZones(lab.plan)
  const endpointsOf = (kind: 'peer' | 'secondary') =>
    lab.servers.filter(server => server.kind === kind).map(({ dns }) => dns)
  const began = Date.now()
  const watch = watchOpen(lab)
  const writer = startWriter({
    endpoints: endpointsOf('peer'),
    key: key.value,
    zones: inUnequalTurns(zones.flatMap(({ name, updates }) => (updates === 'none' ? [] : [name]))),
    ratePerSecond: options.updatesPerSecond,
    updatesMax: UPDATES_MAX,
  })
  const querier = startQuerier({
    endpoints: endpointsOf('secondary'),
    zones: zones.map(({ name }) => name),
    ratePerSecond: options.queriesPerSecond,
    patienceMs: PATIENCE_MS,
  })
  return {
    progress: () => writer.progress(),
    async stop() {
      const written = await writer.stop()
      const writingMs = Date.now() - began
      const asked = await querier.stop()
      const watched = await watch.stop()
      return { began, writingMs, written, asked, turns: turnsOf(appliedSince(lab, began)), watched }
    },
  }
}

/** Every zone has its turn; the busy ones have theirs in between, again and again. */
function inUnequalTurns(zones: readonly DomainName[]): readonly DomainName[] {
  const busy = zones.filter((_, at) => at % Math.ceil(zones.length / BUSY_ZONES_MAX) === 0)
  const between = UPDATES_PER_QUIET - 1
  return zones.flatMap((zone, at) => [
    zone,
    ...Array.from({ length: between }, (_, turn) => busy[(at * between + turn) % busy.length] as DomainName),
  ])
}
