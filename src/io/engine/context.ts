import type { Failure, Instant, Result, Serial } from '../../core/base/index.ts'
import type { LoadedZone, Plan, StepOutcome } from '../../core/plan/index.ts'
import type { ZoneLists } from '../../core/pushed/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { type FleetLinks, linkOf, type ServerLink, type ZoneName } from '../observe/index.ts'
import type { Held } from './held-links.ts'
import type { Outcomes } from './outcomes.ts'
import type { WritePauseBudget } from './pause/pause-budget.ts'

/** What a run stands on: its record, the ways to its servers, and who follows it. None of it is the memory of a step. */
export type RunGround = {
  readonly plan: Plan
  /** The zones of every server, from the record of the run. */
  readonly zones: ZoneLists
  /** The content of a file that the plan names by its digest, from the record of the run. */
  readonly contentOf: (digest: string) => Promise<Result<Uint8Array, Failure>>
  /** Nothing is changed through them once somebody else holds the run. */
  readonly links: FleetLinks
  /** Counts who has held the run; every server compares it before it changes a file. */
  readonly generation: number
  /** Servers whose disk takes nothing, and what it said; nothing is changed in their files. */
  readonly passedOver: ReadonlyMap<string, Failure>
  /** To be asked right before what is changed by other ways than `links`. */
  readonly stillHeld: Held
  /** Set when a person pressed Ctrl-C; steps that can be taken back stop waiting. */
  readonly signal: AbortSignal
  /** What the checks saw a moment ago, so that less need be looked at twice; nothing in a resumed run. */
  readonly checked: CheckedSerials | undefined
  readonly pause: WritePauseBudget
  /** Tells whoever follows the run that it waits for a person. */
  readonly ask: (asking: Asking) => void
}

/** What every step works with. */
export type RunContext = RunGround & { readonly outcomes: Outcomes }

/** What the undo of a step works with: it may tell what stays behind and stops nothing. */
export type UndoContext = RunContext & {
  readonly tell: (remark: string) => void
  /** Servers that are lost, as a person says: nothing is asked of them, and nothing taken back there. */
  readonly without: readonly string[]
}

/** What a person has to do now, as an imperative, and until when the run waits for it. */
export type Asking = { readonly what: string; readonly until: Instant }

/** What the checks of a handover saw. */
export type CheckedSerials = {
  readonly serials: ServerSerials
  /** `zoneId` → the serial that was proven to be on the disk of the new active. */
  readonly proven: ReadonlyMap<string, Serial>
}

/** Server name → `zoneId` → serial, of the zones that are loaded. */
export type ServerSerials = ReadonlyMap<string, ReadonlyMap<string, Serial>>

/** `zoneId` → a zone that was loaded before a push touched its server. */
export type LoadedZones = ReadonlyMap<string, LoadedZone>

/** What a step that was done says of itself. */
export type StepReport = {
  /** What a person would want to know: counts, and whatever was not as hoped but stops nothing. */
  readonly remarks: readonly string[]
  /** Whether a remark wants a person; the operation is done, but the fleet is not well. */
  readonly unwell: boolean
  /** When writes stopped or opened. */
  readonly writesAt: Instant | undefined
  /** The same moment by the clock that nobody can set, in milliseconds. */
  readonly writesElapsed?: number
  /** What a later step, or whoever resumes, needs to know of it. */
  readonly outcome?: StepOutcome
}

export function reportOf(...remarks: string[]): StepReport {
  return { remarks, unwell: false, writesAt: undefined }
}

export function linkTo(context: RunGround, server: string): ServerLink {
  return linkOf(context.links, server)
}

/** All managed zones of a server, in the order of the sources. */
export function allZonesOf(context: Pick<RunGround, 'zones'>, server: string): readonly RenderedZone[] {
  return context.zones.get(server) ?? []
}

/** The managed zones of a set on a server, in the order of the sources. */
export function zonesOfSet(
  context: Pick<RunGround, 'zones'>,
  server: string,
  set: string,
): readonly RenderedZone[] {
  return allZonesOf(context, server).filter(zone => zone.set === set)
}

export function idOf(zone: RenderedZone): string {
  return zoneId(zone.name, zone.view)
}

/** How rndc names the zone. */
export function referenceOf(zone: ZoneName) {
  return { name: zone.name, view: zone.view === '_default' ? undefined : zone.view }
}
