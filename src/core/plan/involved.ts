import { type Code, type Failure, type Refusal, type Result, refuse } from '../base/index.ts'
import { isManaged, type Server } from '../fleet/index.ts'
import type { RenderedZone } from '../render/index.ts'
import {
  type SeenFiles,
  type SeenMarker,
  type SeenNamed,
  type SeenPreflight,
  type SeenZone,
  type SeenZones,
  zoneId,
} from '../snapshot/index.ts'
import type { CheckContext } from './check.ts'

/**
 * The servers an operation touches or relies on: for a switchover all that hold the set, less those left out; for a
 * failover the new active, because what else is left must not stand in its way; for a rejoin the two whose roles it settles.
 */
export function involvedServers({ fleet, subject }: CheckContext): readonly Server[] {
  if (subject.operation === 'push') return fleet.servers.filter(({ name }) => subject.servers.includes(name))
  if (subject.operation === 'failover') return fleet.servers.filter(({ name }) => name === subject.to)
  if (subject.operation !== 'switchover')
    return fleet.servers.filter(({ name }) => name === subject.from || name === subject.to)
  return fleet.servers.filter(
    ({ name, sets }) => sets.includes(subject.set) && !subject.without.includes(name),
  )
}

export function involvedPeers(context: CheckContext): readonly Server[] {
  return involvedServers(context).filter(server => server.kind === 'peer')
}

/** Servers whose configuration Baton writes. */
export function involvedManaged(context: CheckContext): readonly Server[] {
  return involvedServers(context).filter(isManaged)
}

/** The peers whose role changes, as far as they can be asked. */
export function changingServers({ subject }: CheckContext): readonly string[] {
  if (subject.operation === 'push') return []
  return subject.operation === 'failover' ? [subject.to] : [subject.from, subject.to]
}

/** The sets an operation is about. */
export function involvedSets({ fleet, subject }: CheckContext): readonly string[] {
  return subject.operation === 'push' ? fleet.zoneSets.map(({ name }) => name) : [subject.set]
}

/** Whether a server tells nothing at all: not which zones it has nor, where that is asked, what it runs and in which role. */
export function isSilent({ snapshot }: CheckContext, server: string): boolean {
  const seen = snapshot.servers.get(server)
  if (seen === undefined) return false
  return [seen.zones, seen.named, ...seen.markers.values()].every(part => part?.ok !== true)
}

/** The returning server need not run: what it holds is saved, and its next start prepared, in its files. */
export function mayBeDown({ subject, snapshot }: CheckContext, server: string): boolean {
  const isRejoin = subject.operation === 'rejoin' || subject.operation === 'resolve'
  return isRejoin && server === subject.from && snapshot.servers.get(server)?.files?.ok === true
}

/** What every other question hears of a silent server: `servers-answer` says why, once, and what to do. */
export const SILENT = {
  kind: 'unknown',
  because: 'it does not answer',
  remedy: 'Make it answer first, or leave it out.',
} as const

/** One part of what was seen of a server. "Not asked" and "could not be asked" are both unknown, and unknown is a no. */
export type SeenPart<Value> =
  | { readonly kind: 'seen'; readonly value: Value }
  | { readonly kind: 'unknown'; readonly because: string; readonly remedy: string }

export function seenNamed(context: CheckContext, server: string): SeenPart<SeenNamed> {
  return partOf(context, server, context.snapshot.servers.get(server)?.named)
}

export function seenFiles(context: CheckContext, server: string): SeenPart<SeenFiles> {
  return partOf(context, server, context.snapshot.servers.get(server)?.files)
}

export function seenMarker(context: CheckContext, server: string, set: string): SeenPart<SeenMarker> {
  return partOf(context, server, context.snapshot.servers.get(server)?.markers.get(set))
}

/** All zones that named has, managed or not. */
export function allZones(context: CheckContext, server: string): SeenPart<SeenZones> {
  return partOf(context, server, context.snapshot.servers.get(server)?.zones)
}

/** Every involved managed zone of a server with what named says of it. */
export function seenZones(context: CheckContext, server: string): SeenPart<readonly ZoneCase[]> {
  const seen = allZones(context, server)
  if (seen.kind === 'unknown') return seen
  const value = involvedZones(context, server).map(zone => {
    const id = zoneId(zone.name, zone.view)
    return { id, rendered: zone, seen: seen.value.zones.get(id) }
  })
  return { kind: 'seen', value }
}

export type ZoneCase = {
  readonly id: string
  readonly rendered: RenderedZone
  readonly seen: SeenZone | undefined
}

/** The zones that a server should hold, of the sets that the operation is about. */
export function involvedZones(context: CheckContext, server: string): readonly RenderedZone[] {
  const sets = involvedSets(context)
  return (context.rendered.get(server)?.zones ?? []).filter(({ set }) => sets.includes(set))
}

/** The answer to one of the slower questions. */
export function preflightPart<Value>(
  context: CheckContext,
  server: string,
  pick: (preflight: SeenPreflight) => Result<Value, Failure> | undefined,
): SeenPart<Value> {
  const preflight = context.snapshot.servers.get(server)?.preflight
  return partOf(context, server, preflight === undefined ? undefined : pick(preflight))
}

/** The files of a silent server may well be seen; what could not be seen of it has one cause. */
function partOf<Value>(
  context: CheckContext,
  server: string,
  part: Result<Value, Failure> | undefined,
): SeenPart<Value> {
  if (part?.ok === true) return { kind: 'seen', value: part.value }
  if (isSilent(context, server)) return SILENT
  if (part === undefined) return { kind: 'unknown', because: 'it was not looked at', remedy: LOOK_AGAIN }
  return { kind: 'unknown', because: part.error.because, remedy: part.error.remedy }
}

const LOOK_AGAIN = 'Make the server answer, and run the check again.'

/** The refusal for what could not be known. */
export function refuseUnknown(
  code: Code,
  subject: string,
  part: { readonly because: string; readonly remedy: string },
): Refusal {
  return refuse({ code, subject, because: unknownBecause(part), remedy: part.remedy })
}

/** Whether a refusal says no more than that its server is silent. */
export function isOfSilence({ because }: Refusal): boolean {
  return because === unknownBecause(SILENT)
}

function unknownBecause({ because }: { readonly because: string }): string {
  return `not known: ${because}`
}
