import { setTimeout as pause } from 'node:timers/promises'
import { compareSerials, invariant, type Serial } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import type { BelievedContents, Difference, EqualCopy } from '../../core/verify/index.ts'
import { type FleetLinks, type ServerLink, seeZonesByDns } from '../observe/index.ts'
import { ContentLog } from './content-log.ts'
import { transferContents, type WantedZones } from './transfer-contents.ts'

/** One zone on one server, to be compared with the reference's. */
export type ContentPair = { readonly server: ServerLink; readonly zone: RenderedZone }

/** Whose content is compared with whose. */
export type ContentQuestion = {
  readonly reference: ServerLink
  readonly pairs: readonly ContentPair[]
  /** Contents that need no transfer, because they are known from before. */
  readonly believed?: BelievedContents
  /** A server that is primary itself and follows nobody, by name: where it is behind it stays so, and is not waited for. */
  readonly unled?: string | undefined
}

export type ContentComparison = {
  /** Pairs with equal content at equal serials. */
  readonly equal: readonly EqualCopy[]
  readonly differences: readonly ContentDifference[]
  /** How many zones were asked for, from all servers together. */
  readonly transfers: number
}

export type ContentDifference = {
  readonly server: string
  /** By `zoneId`. */
  readonly zone: string
  readonly difference: Difference
}

/** Zones move on while they are compared; one whose serials differ is looked at again, this often. */
const ROUNDS_MAX = 16
/** The pause before another round, in milliseconds, doubled each time: ten seconds in all, for a NOTIFY that was held back. */
const PAUSE_FIRST_MS = 20
const PAUSE_MAX_MS = 1_000
/** Zones that are followed between two rounds, and how often they are, in milliseconds. */
const FOLLOWED_MAX = 100
const FOLLOW_INTERVAL_MS = 40

/**
 * Compares zones by digest (RFC 8976), on the reference and on each server, at equal serials. The servers are not asked at
 * the same instant: a zone that is written to is equal when both had it alike at one serial, at whichever time each did.
 */
export async function compareContent(
  links: FleetLinks,
  { reference, pairs, believed = new Map(), unled }: ContentQuestion,
): Promise<ContentComparison> {
  const log = new ContentLog(believed)
  const equal: EqualCopy[] = []
  const differences: ContentDifference[] = []
  let open = pairs
  let transfers = 0
  for (let round = 0; open.length > 0; round++) {
    const wanted = wantedFrom(reference, open, (server, id) => round === 0 && log.has(server, id))
    transfers += await transferContents(links, wanted, log)
    const again: ContentPair[] = []
    for (const pair of open) {
      const name = pair.server.server.name
      const zone = zoneId(pair.zone.name, pair.zone.view)
      const outcome = comparePair(log, { reference: reference.server.name, server: name, zone })
      if (outcome.kind === 'equal') equal.push({ server: name, zone, ...outcome.content })
      else if (name !== unled && mayPass(outcome, round)) again.push(pair)
      else differences.push({ server: name, zone, difference: outcome })
    }
    open = again
    if (open.length === 0) break
    const pauseMs = Math.min(PAUSE_FIRST_MS * 2 ** round, PAUSE_MAX_MS)
    transfers += await followReference(links, { reference, pairs: open, pauseMs }, log)
  }
  return { equal, differences, transfers }
}

type Following = Pick<ContentQuestion, 'reference' | 'pairs'> & { readonly pauseMs: number }

/**
 * Passes the time until another round. A busy zone moves on several times in it, and its copies come to stand at any of
 * those serials, so the reference is asked for its serials all the while, and each new one is looked at.
 */
async function followReference(
  links: FleetLinks,
  { reference, pairs, pauseMs }: Following,
  log: ContentLog,
): Promise<number> {
  const all = new Map(pairs.map(({ zone }) => [zoneId(zone.name, zone.view), zone]))
  const zones = new Map([...all].slice(0, FOLLOWED_MAX))
  const deadline = links.clock.elapsed() + pauseMs
  let transfers = 0
  for (;;) {
    const left = deadline - links.clock.elapsed()
    await pause(Math.max(0, Math.min(left, FOLLOW_INTERVAL_MS)))
    if (left <= FOLLOW_INTERVAL_MS) return transfers
    const moved = await findMoved(links, { reference, zones }, log)
    if (moved.size > 0) transfers += await transferContents(links, new Map([[reference, moved]]), log)
  }
}

type Followed = { readonly reference: ServerLink; readonly zones: ReadonlyMap<string, RenderedZone> }

/** Those whose serial was not seen yet. */
async function findMoved(
  links: FleetLinks,
  { reference, zones }: Followed,
  log: ContentLog,
): Promise<ReadonlyMap<string, RenderedZone>> {
  const seen = await seeZonesByDns(links, reference, [...zones.values()])
  if (!seen.ok) return new Map()
  return new Map(
    [...zones].filter(([id]) => {
      const serial = seen.value.zones.get(id)?.serial
      return serial !== undefined && !log.hasSerial(reference.server.name, id, serial)
    }),
  )
}

/** What has to be transferred for these pairs; the reference is asked once for each zone. */
function wantedFrom(
  reference: ServerLink,
  pairs: readonly ContentPair[],
  isKnown: (server: string, zone: string) => boolean,
): WantedZones {
  const wanted = new Map<ServerLink, Map<string, RenderedZone>>([[reference, new Map()]])
  for (const { server, zone } of pairs) {
    const id = zoneId(zone.name, zone.view)
    for (const link of [reference, server]) {
      if (isKnown(link.server.name, id)) continue
      const zones = wanted.get(link) ?? new Map<string, RenderedZone>()
      wanted.set(link, zones.set(id, zone))
    }
  }
  return wanted
}

type PairNames = { readonly reference: string; readonly server: string; readonly zone: string }

type PairOutcome =
  | { readonly kind: 'equal'; readonly content: { readonly serial: Serial; readonly digest: string } }
  | Difference

function comparePair(log: ContentLog, { reference, server, zone }: PairNames): PairOutcome {
  const here = log.latest(reference, zone)
  const there = log.latest(server, zone)
  if (!here.ok) return unknownBecause(`could not be transferred from ${reference}: ${here.error.because}`)
  if (!there.ok) return unknownBecause(`could not be transferred: ${there.error.because}`)
  const met = log.newestInBoth(reference, server, zone)
  if (met !== undefined) {
    return met.digest === met.digestOther
      ? { kind: 'equal', content: { serial: met.serial, digest: met.digest } }
      : { kind: 'content-differs', serial: met.serial }
  }
  const serials = { serial: there.value.serial, serialActive: here.value.serial }
  const order = compareSerials(serials.serial, serials.serialActive)
  invariant(order !== 'same', 'a serial that both had was met')
  return { kind: KINDS[order], ...serials }
}

const KINDS = {
  before: 'content-behind',
  after: 'content-ahead',
  incomparable: 'content-incomparable',
} as const

function unknownBecause(because: string): PairOutcome {
  return { kind: 'content-unknown', because }
}

/**
 * Whether another look may show something else. Content that differs at one serial stays so, but at first it may differ
 * only from what was believed, so it is told when it was transferred from both. A failure stays.
 */
function mayPass({ kind }: PairOutcome, round: number): boolean {
  if (kind === 'content-differs') return round === 0
  return (kind === 'content-behind' || kind === 'content-ahead') && round + 1 < ROUNDS_MAX
}
