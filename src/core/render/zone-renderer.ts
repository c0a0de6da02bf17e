import { printActiveZones } from './active-zones.ts'
import type { Base } from './base.ts'
import { checkPart } from './check-part.ts'
import { printDerivedZones } from './derived-zones.ts'
import { layoutOf, type ZonePart } from './layout.ts'
import type { ManagedPart } from './managed-zone.ts'
import type { RenderedFile, RenderedZone } from './rendered.ts'
import { type ContextReading, contextOf, factsOf, fingerprintOf, type ZoneContext } from './zone-context.ts'

/** Whose blocks a text holds. */
type Kind = 'active' | 'standby' | 'secondary'

/**
 * Renders zone blocks, and keeps what it rendered: servers that run the same release and whose bases say the same about
 * zones share one text and one list, however many zones there are.
 */
export class ZoneRenderer {
  readonly #reading: ContextReading
  readonly #parts: readonly ManagedPart[]
  readonly #texts = new Map<string, string>()
  readonly #zones = new Map<string, readonly RenderedZone[]>()

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
      return [file(layout.zones('active', part), 'active'), file(layout.zones('standby', part), 'standby')]
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

  #contextOf(base: Base, part: ZonePart): ZoneContext {
    return contextOf(base, { set: part.set, view: part.view }, this.#reading)
  }

  #textOf(part: ManagedPart, context: ZoneContext, kind: Kind): string {
    const key = `${kind} ${fingerprintOf(context)}`
    const known = this.#texts.get(key)
    if (known !== undefined) return known
    const text = kind === 'active' ? printActiveZones(part, context) : printDerivedZones(part, context, kind)
    this.#texts.set(key, text)
    return text
  }

  #zonesOf(part: ManagedPart, context: ZoneContext): readonly RenderedZone[] {
    const key = fingerprintOf(context)
    const known = this.#zones.get(key)
    if (known !== undefined) return known
    checkPart(part, context)
    const zones = part.zones.map(zone => {
      const { updates: _updates, ...facts } = factsOf(zone, context)
      return { name: zone.name, view: part.view ?? '_default', set: part.set, ...facts }
    })
    this.#zones.set(key, zones)
    return zones
  }
}
