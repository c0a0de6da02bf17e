import {
  compareSerials,
  type Failure,
  failure,
  listFew,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import type { SeenZone, ZoneType } from '../../../core/snapshot/index.ts'
import { type ServerLink, seeNamed, seeZones } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { idOf, type RunContext } from '../context.ts'

/** What every zone of a set must be after a reconfig. */
export type LoadedExpectation = {
  readonly type: Exclude<ZoneType, 'unknown' | 'other'>
  readonly zones: readonly RenderedZone[]
  /** `zoneId` → the serial below which a zone must not fall; zones without an entry may have any. */
  readonly serials: ReadonlyMap<string, Serial>
  readonly deadlineMs: number
}

const INTERVAL_MS = 50
/** When no further zone has become right for so long, the rest will not. */
const STALLED_MS = 5000

/** `rndc reconfig` answers before zones are loaded, and exits well when some cannot be: so every zone is looked at. */
export async function awaitLoaded(
  context: RunContext,
  link: ServerLink,
  expected: LoadedExpectation,
): Promise<Result<number, Failure>> {
  const { clock } = context.links
  let wrongBefore = Number.POSITIVE_INFINITY
  let progressAt = clock.elapsed()
  return awaitCondition(
    { clock, deadlineMs: expected.deadlineMs, intervalMs: INTERVAL_MS, signal: NEVER_ABORTED },
    async (): Promise<Look<number>> => {
      // Asking for every zone slows the loading down; while named says that it is at it, this one question will do.
      const named = await seeNamed(link)
      if (named.ok && named.value.reloading) {
        progressAt = clock.elapsed()
        return { kind: 'not-yet', failure: stillLoading(link) }
      }
      const seen = await seeZones(context.links, link, expected.zones)
      if (!seen.ok) return { kind: 'not-yet', failure: seen.error }
      const { zones } = seen.value
      const wrong = expected.zones.filter(zone => !isAsExpected(zones.get(idOf(zone)), expected, zone))
      if (wrong.length === 0) return { kind: 'holds', value: expected.zones.length }
      const problem = describe(link, expected, { wrong, zones })
      if (named.ok && named.value.reloadFailed) return { kind: 'never', failure: refusedConfiguration(link) }
      if (wrong.length < wrongBefore || !named.ok) progressAt = clock.elapsed()
      wrongBefore = wrong.length
      // Zones are loaded long after named calls the reconfig done; only when no more come is it over.
      const isStalled = clock.elapsed() - progressAt > STALLED_MS
      return { kind: isStalled ? 'never' : 'not-yet', failure: problem }
    },
  )
}

/** Between a reconfig and its last zone there is nothing to stop: going on or back is decided by its outcome. */
const NEVER_ABORTED = new AbortController().signal

function isAsExpected(seen: SeenZone | undefined, expected: LoadedExpectation, zone: RenderedZone): boolean {
  if (seen?.serial === undefined) return false
  if (seen.type !== expected.type && seen.type !== 'unknown') return false
  const least = expected.serials.get(idOf(zone))
  if (least === undefined) return true
  const order = compareSerials(seen.serial, least)
  return order === 'same' || order === 'after'
}

function describe(
  link: ServerLink,
  expected: LoadedExpectation,
  found: { wrong: readonly RenderedZone[]; zones: ReadonlyMap<string, SeenZone> },
): Failure {
  const named = found.wrong.map(zone => {
    const id = idOf(zone)
    return `${id} (${inWords(found.zones.get(id), expected)})`
  })
  return failure({
    code: 'engine.zones-not-right',
    subject: link.server.name,
    because: `${found.wrong.length} of ${expected.zones.length} zones are not as they should be: ${listFew(named)}`,
    remedy: "named's log on that server says why a zone did not load.",
  })
}

function inWords(zone: SeenZone | undefined, expected: LoadedExpectation): string {
  if (zone === undefined) return 'not there'
  if (zone.type !== expected.type && zone.type !== 'unknown') return `still ${zone.type}`
  return zone.serial === undefined ? 'not loaded' : `at serial ${zone.serial}, which is too old`
}

function stillLoading(link: ServerLink): Failure {
  return failure({
    code: 'engine.zones-not-right',
    subject: link.server.name,
    because: 'named is still taking its new configuration',
    remedy: "named's log on that server says how far it has come.",
  })
}

function refusedConfiguration(link: ServerLink): Failure {
  return failure({
    code: 'engine.configuration-refused',
    subject: link.server.name,
    because: 'named refused the new configuration and runs on with the one before',
    remedy: 'Run `named-checkconf` on that server; its log says the same.',
  })
}
