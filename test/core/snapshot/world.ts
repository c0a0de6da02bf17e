import { type Failure, failure, type Result, type Serial, serialFrom } from '../../../src/core/base/index.ts'
import type { Fleet, Server } from '../../../src/core/fleet/index.ts'
import type { RenderedServer } from '../../../src/core/render/index.ts'
import type {
  Expected,
  SeenFiles,
  SeenMarker,
  SeenNamed,
  SeenPreflight,
  SeenServer,
  SeenZone,
  Snapshot,
} from '../../../src/core/snapshot/index.ts'
import { domain, makeDemo, renderDemo } from '../render/demo-fleet.ts'

/** A fleet, what its servers should hold, and a snapshot in which all is well: ns1 active in term 7, ns2 standby. */
export type World = {
  readonly fleet: Fleet
  readonly rendered: ReadonlyMap<string, RenderedServer>
  readonly expected: Expected
  readonly snapshot: Snapshot
}

export const NOW = Date.parse('2026-11-22T12:00:00Z')
export const TERM = 7
export const SINCE = '2026-11-20T08:00:00Z'
const DAY_MS = 86_400_000

/** Two dynamic zones and one that is edited as a file. */
const ZONES = ['a.example', 'b.example', 'c.example']
  .map(
    (name, index) =>
      `zone "${name}" { type primary; file "zones/${name}.db"; ${index < 2 ? 'allow-update { key writer; };' : ''} };`,
  )
  .join('\n')

export function wellWorld(): World {
  const demo = makeDemo({ zones: { default: ZONES } })
  const rendered = renderDemo(demo).servers
  const expected = new Map(
    [...rendered].map(([name, { zones, files }]) => [
      name,
      { zones, digests: new Map(files.map(({ path }) => [path, `digest of ${path}`])) },
    ]),
  )
  const servers = new Map(
    demo.fleet.servers.map(server => [server.name, wellServer(demo.fleet, server, rendered)]),
  )
  return { fleet: demo.fleet, rendered, expected, snapshot: { taken: NOW, elapsedMs: 12, servers } }
}

function wellServer(fleet: Fleet, server: Server, rendered: ReadonlyMap<string, RenderedServer>): SeenServer {
  const { name } = server
  const own = rendered.get(name)
  const isActive = name === 'ns1'
  const zones = new Map(
    (own?.zones ?? []).map((zone): [string, SeenZone] => [
      zone.name,
      {
        name: zone.name,
        view: zone.view,
        type: isActive ? 'primary' : 'secondary',
        serial: serial(100),
        expires: isActive ? undefined : NOW + DAY_MS,
      },
    ]),
  )
  const role = isActive ? 'active' : 'standby'
  const isPeer = server.kind === 'peer'
  const marker: SeenMarker = { role, term: TERM, server: name, fleet: fleet.name, since: SINCE }
  const sets = new Map([['default', { role, term: TERM, since: SINCE } as const]])
  const files: SeenFiles = {
    digests: new Map((own?.files ?? []).map(({ path }) => [path, `digest of ${path}`])),
    state: isPeer ? { fleet: fleet.name, server: name, sets } : undefined,
    lock: undefined,
  }
  const named: SeenNamed = {
    version: '9.18.49',
    bootTime: NOW - DAY_MS,
    configTime: NOW - DAY_MS,
    reloadFailed: false,
  }
  return {
    server: name,
    zones: good({ source: 'statistics', zones }),
    named: good(named),
    markers: new Map(isPeer ? [['default', good(marker)]] : []),
    files: good(files),
    preflight: undefined,
  }
}

/** The world, in which one server was seen as `change` says. */
export function withServer(
  world: World,
  name: string,
  change: (seen: SeenServer) => Partial<SeenServer>,
): World {
  const seen = world.snapshot.servers.get(name)
  if (seen === undefined) throw new Error(`no server ${name}`)
  const servers = new Map(world.snapshot.servers).set(name, { ...seen, ...change(seen) })
  return { ...world, snapshot: { ...world.snapshot, servers } }
}

/** One server said something else of one zone, or nothing (`undefined`: it does not have it). */
export function withZone(
  world: World,
  [server, zone]: readonly [string, string],
  change: Partial<SeenZone> | undefined,
): World {
  return withServer(world, server, seen => {
    if (!seen.zones.ok) throw new Error(`${server} was not seen`)
    const zones = new Map(seen.zones.value.zones)
    const before = zones.get(zone)
    if (before === undefined) throw new Error(`no zone ${zone}`)
    if (change === undefined) zones.delete(zone)
    else zones.set(zone, { ...before, ...change })
    return { zones: good({ ...seen.zones.value, zones }) }
  })
}

/** A peer's marker said something else. */
export function withMarker(world: World, server: string, change: Partial<SeenMarker>): World {
  return withServer(world, server, seen => {
    const marker = seen.markers.get('default')
    if (marker?.ok !== true) throw new Error(`${server} has no marker`)
    return { markers: new Map([['default', good({ ...marker.value, ...change })]]) }
  })
}

export function withFiles(world: World, server: string, change: Partial<SeenFiles>): World {
  return withServer(world, server, seen => {
    if (seen.files?.ok !== true) throw new Error(`${server} has no files`)
    return { files: good({ ...seen.files.value, ...change }) }
  })
}

export function withNamed(world: World, server: string, change: Partial<SeenNamed>): World {
  return withServer(world, server, seen => {
    if (seen.named?.ok !== true) throw new Error(`${server} did not say`)
    return { named: good({ ...seen.named.value, ...change }) }
  })
}

export function withPreflight(world: World, server: string, change: Partial<SeenPreflight>): World {
  return withServer(world, server, ({ preflight }) => {
    if (preflight === undefined) throw new Error(`${server} has no preflight`)
    return { preflight: { ...preflight, ...change } }
  })
}

/** A server that neither DNS, nor rndc, nor its files tell anything of. */
export function silenced(world: World, server: string): World {
  return withServer(world, server, seen => ({
    zones: bad(`${server} is silent`),
    named: bad(`${server} is silent`),
    markers: new Map([...seen.markers.keys()].map(set => [set, bad(`${server} is silent`)])),
    files: bad(`${server} is silent`),
    preflight: undefined,
  }))
}

export const LOCK = {
  run: '20261122T115900Z-switchover-ab12',
  operation: 'switchover',
  holder: 'eva@desk',
  since: '2026-11-22T11:59:00Z',
}

export function good<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function bad(because: string): Result<never, Failure> & { readonly ok: false } {
  return {
    ok: false,
    error: failure({ code: 'net.timeout', subject: 'a test', because, remedy: 'Look at it.' }),
  }
}

export function serial(value: number): Serial {
  const checked = serialFrom(value)
  if (checked === undefined) throw new Error(`${value} is no serial`)
  return checked
}

export { domain }
