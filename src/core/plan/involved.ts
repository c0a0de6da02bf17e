import { type Code, type Failure, type Refusal, refuse } from '../base/index.ts'
import type { Server } from '../fleet/index.ts'
import type { RenderedZone } from '../render/index.ts'
import {
  type SeenFiles,
  type SeenPreflight,
  type SeenServer,
  type SeenZone,
  zoneId,
} from '../snapshot/index.ts'
import type { CheckContext } from './check.ts'

/** The servers an operation touches or relies on: for a switchover all that hold the set, less those left out. */
export function involvedServers({ fleet, subject }: CheckContext): readonly Server[] {
  if (subject.operation === 'push') return fleet.servers.filter(({ name }) => subject.servers.includes(name))
  return fleet.servers.filter(
    ({ name, sets }) => sets.includes(subject.set) && !subject.without.includes(name),
  )
}

export function involvedPeers(context: CheckContext): readonly Server[] {
  return involvedServers(context).filter(server => server.kind === 'peer')
}

/** Servers whose configuration Baton writes. */
export function involvedManaged(context: CheckContext): readonly Server[] {
  return involvedServers(context).filter(server => server.kind === 'peer' || server.managed)
}

/** The sets an operation is about. */
export function involvedSets({ fleet, subject }: CheckContext): readonly string[] {
  return subject.operation === 'push' ? fleet.zoneSets.map(({ name }) => name) : [subject.set]
}

export function seenServer({ snapshot }: CheckContext, server: string): SeenServer | undefined {
  return snapshot.servers.get(server)
}

/** Every involved managed zone of a server with what named says of it; nothing when the server was not seen. */
export function seenZones(context: CheckContext, server: string): readonly ZoneCase[] | undefined {
  const seen = seenServer(context, server)
  if (seen?.zones.ok !== true) return undefined
  const { zones } = seen.zones.value
  const sets = involvedSets(context)
  return (context.rendered.get(server)?.zones ?? [])
    .filter(({ set }) => sets.includes(set))
    .map(zone => {
      const id = zoneId(zone.name, zone.view)
      return { id, rendered: zone, seen: zones.get(id) }
    })
}

export type ZoneCase = {
  readonly id: string
  readonly rendered: RenderedZone
  readonly seen: SeenZone | undefined
}

export function seenFiles(context: CheckContext, server: string): SeenFiles | undefined {
  const files = seenServer(context, server)?.files
  return files?.ok ? files.value : undefined
}

export type SeenPart<Value> =
  | { readonly kind: 'seen'; readonly value: Value }
  | { readonly kind: 'unknown'; readonly because: string }

/** One part of a preflight. "Not asked" and "could not be asked" are both unknown, and unknown is a no. */
export function preflightPart<Name extends Exclude<keyof SeenPreflight, 'transfers'>>(
  context: CheckContext,
  server: string,
  name: Name,
): SeenPart<Extract<NonNullable<SeenPreflight[Name]>, { ok: true }>['value']> {
  const part = seenServer(context, server)?.preflight?.[name]
  if (part === undefined) return { kind: 'unknown', because: 'it was not looked at' }
  if (part.ok) return { kind: 'seen', value: part.value }
  return { kind: 'unknown', because: part.error.because }
}

/** The refusal for what could not be known. */
export function refuseUnknown(code: Code, subject: string, why: Failure | string): Refusal {
  const because = typeof why === 'string' ? why : why.because
  const remedy = typeof why === 'string' ? 'Make the server answer, and run the check again.' : why.remedy
  return refuse({ code, subject, because: `not known: ${because}`, remedy })
}

const ZONES_NAMED_MAX = 5

/** `a, b, c and 12 more`. */
export function listZones(zones: readonly string[]): string {
  const named = zones.slice(0, ZONES_NAMED_MAX).join(', ')
  const more = zones.length - ZONES_NAMED_MAX
  return more > 0 ? `${named} and ${more} more` : named
}

/** `1 zone`, `3 zones`. */
export function countZones(zones: readonly string[]): string {
  return zones.length === 1 ? '1 zone' : `${zones.length} zones`
}
