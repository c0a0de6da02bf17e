import type { RenderedZone } from '../../../src/core/render/index.ts'
import type { SeenFolder, SeenServer } from '../../../src/core/snapshot/index.ts'
import { domain, good, SINCE, serial, type World, withPreflight, withServer } from '../snapshot/world.ts'
import { askedWorld } from './question.ts'

const WELL = askedWorld()
/** The zone in which things go wrong. */
const ZONE = 'a.example'

export function rerendered(server: string, change: Partial<RenderedZone>): World {
  const own = WELL.rendered.get(server)
  if (own === undefined) throw new Error(`no server ${server}`)
  const zones = own.zones.map(zone => (zone.name === ZONE ? { ...zone, ...change } : zone))
  return { ...WELL, rendered: new Map(WELL.rendered).set(server, { ...own, zones }) }
}

export function inFolder(server: string, change: Partial<SeenFolder>): World {
  const folders = WELL.snapshot.servers.get(server)?.preflight?.folders
  if (folders?.ok !== true) throw new Error(`${server} has no folders`)
  return withPreflight(WELL, server, {
    folders: good(folders.value.map(folder => ({ ...folder, ...change }))),
  })
}

/** So many zones of a server behind the active. */
export function manyBehind(server: string, count: number): World {
  const names = Array.from({ length: count }, (_, index) => domain(`z${index}.example`))
  const own = WELL.rendered.get(server)
  const [sample] = own?.zones ?? []
  if (own === undefined || sample === undefined) throw new Error(`no zones on ${server}`)
  const rendered = new Map(WELL.rendered).set(server, {
    ...own,
    zones: names.map(name => ({ ...sample, name })),
  })
  const at = (value: number) => (_: SeenServer) => ({
    zones: good({
      source: 'statistics' as const,
      zones: new Map(
        names.map(name => [
          name,
          { name, view: '_default', type: 'unknown' as const, serial: serial(value), expires: undefined },
        ]),
      ),
    }),
  })
  return { ...withServer(withServer(WELL, server, at(1)), 'ns1', at(2)), rendered }
}

export function stateOf(server: string, term: number) {
  return {
    fleet: 'demo',
    server,
    sets: new Map([['default', { role: 'standby', term, since: SINCE } as const]]),
  }
}
