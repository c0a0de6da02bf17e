import type { Base } from '../base/base.ts'
import { checkPart } from '../base/check-part.ts'
import { layoutOf, type ZonePart } from '../layout.ts'
import type { RenderedFile, RenderedZone } from '../rendered.ts'
import { printActiveZones } from './active-zones.ts'
import { printDerivedZones } from './derived-zones.ts'
import type { ManagedPart } from './managed-zone.ts'
import { type ContextReading, contextOf, factsOf, fingerprintOf, type ZoneContext } from './zone-context.ts'

/** Whose blocks a text holds. */
type Kind = 'active' | 'closed' | 'standby' | 'secondary'

const PEER_KINDS = ['active', 'closed', 'standby'] as const

/**
 * Renders zone blocks, and keeps what it rendered: servers that run the same release and whose bases say the same about
 * zones share one text and one list, however many zones there are.
 */
export class ZoneRenderer {
  readonly #reading: ContextReading
  readonly #parts: readonly ManagedPart[]
  /** Fingerprint → the context that stands for all with it. */
  readonly #contexts = new Map<string, ZoneContext>()
  readonly #texts = new Map<ZoneContext, Map<Kind, string>>()
  readonly #zones = new Map<ZoneContext, readonly RenderedZone[]>()

  constructor(reading: ContextReading, parts: readonly ManagedPart[]) {
    this.#reading = reading
    this.#parts = parts
  }

  /** The files of zone blocks that a server holds. */
  filesOn(base: Base): readonly RenderedFile[] {
    const { server } = base
    const layout = layoutOf(this.#reading.fleet, server)
    return this.#partsOn(base).flatMap(part => {
      const file = (path: string, kind: Kind): RenderedFile => ({
        path,
        content: this.#textOf(part, this.#contextOf(base, part), kind),
        mode: 0o644,
        secret: false,
      })
      if (server.kind === 'secondary') return [file(layout.zones('zones', part), 'secondary')]
      return PEER_KINDS.map(kind => file(layout.zones(kind, part), kind))
    })
  }

  /** The managed zones that a server holds, in the order of the sources. */
  zonesOn(base: Base): readonly RenderedZone[] {
    const lists = this.#partsOn(base).map(part => this.#zonesOf(part, this.#contextOf(base, part)))
    const [only] = lists
    return lists.length === 1 && only !== undefined ? only : lists.flat()
  }

  #partsOn(base: Base): readonly ManagedPart[] {
    return this.#parts.filter(part => base.server.sets.includes(part.set))
  }

  #contextOf(base: Base, { set, view }: ZonePart): ZoneContext {
    const context = contextOf(base, { set, view }, this.#reading)
    const fingerprint = fingerprintOf(context)
    const known = this.#contexts.get(fingerprint)
    if (known === undefined) this.#contexts.set(fingerprint, context)
    return known ?? context
  }

  #textOf(part: ManagedPart, context: ZoneContext, kind: Kind): string {
    const texts = this.#texts.get(context) ?? new Map<Kind, string>()
    this.#texts.set(context, texts)
    const known = texts.get(kind)
    if (known !== undefined) return known
    const text =
      kind === 'active' || kind === 'closed'
        ? printActiveZones(part, context, kind)
        : printDerivedZones(part, context, kind)
    texts.set(kind, text)
    return text
  }

  #zonesOf(part: ManagedPart, context: ZoneContext): readonly RenderedZone[] {
    const known = this.#zones.get(context)
    if (known !== undefined) return known
    checkPart(part, context)
    const zones = part.zones.map(zone => {
      const { updates: _updates, ...facts } = factsOf(zone, context)
      return { name: zone.name, view: part.view ?? '_default', set: part.set, ...facts }
    })
    this.#zones.set(context, zones)
    return zones
  }
}
