import type { Instant, Serial } from '../../core/base/index.ts'
import type { Plan } from '../../core/plan/index.ts'
import type { RenderedServer, RenderedZone } from '../../core/render/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { type FleetLinks, linkOf, type ServerLink, type ZoneName } from '../observe/index.ts'
import type { Held } from './held-links.ts'

/** What every step works with. What is kept in memory is only to spare a second look: a resumed run starts without it. */
export type RunContext = {
  readonly plan: Plan
  /** Nothing is changed through them once somebody else holds the run. */
  readonly links: FleetLinks
  /** To be asked right before what is changed by other ways than `links`. */
  readonly stillHeld: Held
  readonly rendered: ReadonlyMap<string, RenderedServer>
  /** Set when a person pressed Ctrl-C; steps that can be taken back stop waiting. */
  readonly signal: AbortSignal
  readonly memory: RunMemory
  /** Tells whoever follows the run that it waits for a person. */
  readonly ask: (asking: Asking) => void
}

/** What a person has to do now, as an imperative, and until when the run waits for it. */
export type Asking = { readonly what: string; readonly until: Instant }

/** Filled by the checks and by one step for a later one. */
export type RunMemory = {
  /** What the checks saw; nothing in a resumed run. */
  readonly checked: ServerSerials | undefined
  /** `zoneId` → the serial that was proven to be on the disk of the new active. */
  proven: ReadonlyMap<string, Serial>
  /** `zoneId` → the serial at which the old active is frozen. */
  frozen: ReadonlyMap<string, Serial> | undefined
  /** When the write pause began, by the stopwatch; nothing before. A resumed run counts from when it was resumed. */
  pauseBegan: number | undefined
  /** What every server was seen to hold after the handover. */
  converged: ServerSerials
}

/** Server name → `zoneId` → serial, of the zones that are loaded. */
export type ServerSerials = ReadonlyMap<string, ReadonlyMap<string, Serial>>

/** What a step that was done says of itself. */
export type StepReport = {
  /** What a person would want to know: counts, and whatever was not as hoped but stops nothing. */
  readonly remarks: readonly string[]
  /** Whether a remark wants a person; the operation is done, but the fleet is not well. */
  readonly unwell: boolean
  /** When writes stopped or opened. */
  readonly writesAt: Instant | undefined
}

export function reportOf(...remarks: string[]): StepReport {
  return { remarks, unwell: false, writesAt: undefined }
}

export function linkTo(context: RunContext, server: string): ServerLink {
  return linkOf(context.links, server)
}

/** The managed zones of a set on a server, in the order of the sources. */
export function zonesOf(context: RunContext, server: string, set: string): readonly RenderedZone[] {
  return (context.rendered.get(server)?.zones ?? []).filter(zone => zone.set === set)
}

export function idOf(zone: RenderedZone): string {
  return zoneId(zone.name, zone.view)
}

/** How rndc names the zone. */
export function referenceOf(zone: ZoneName) {
  return { name: zone.name, view: zone.view === '_default' ? undefined : zone.view }
}
