import { type Failure, invariant, ok, type Result } from '../../core/base/index.ts'
import { isManaged } from '../../core/fleet/index.ts'
import type { RenderedServer } from '../../core/render/index.ts'
import type { SeenFiles, SeenMarker, SeenServer, SeenZones, Snapshot } from '../../core/snapshot/index.ts'
import { ServedZones } from '../net/index.ts'
import { attend } from './attend.ts'
import { type FleetLinks, LOOK_DEADLINE_MS, linkOf, type ServerLink } from './link.ts'
import { ownFolder } from './own-folder.ts'
import { seeFiles, seeLock } from './see-files.ts'
import { seeMarker } from './see-marker.ts'
import { seeNamed } from './see-named.ts'
import { type PreflightQuestions, seePreflight } from './see-preflight.ts'
import { seeZones } from './see-zones.ts'

/** What to look at: the rendered files say which zones and which paths. */
export type Observation = {
  readonly rendered: ReadonlyMap<string, RenderedServer>
  /** Server name → its slower questions; a server that is not in it is only asked for its state. */
  readonly preflight: ReadonlyMap<string, PreflightQuestions>
  /** Servers that did not answer a moment ago: they are asked once more, and given up sooner. */
  readonly silent?: ReadonlySet<string> | undefined
}

/** One snapshot of the whole fleet, everything in parallel, every question with a limit. It never fails as a whole. */
export async function observe(links: FleetLinks, observation: Observation): Promise<Snapshot> {
  const began = links.clock.elapsed()
  const brief = links.within({ questionMs: Math.min(LOOK_DEADLINE_MS, links.questionMs) })
  const seen = await Promise.all(
    links.servers.map(async ({ server: { name } }) => {
      const asking = observation.silent?.has(name) === true ? brief : links
      const look = () => seeServer(asking, linkOf(asking, name), observation)
      return [name, await attend(links, name, look)] as const
    }),
  )
  const servers = await lookAgainAtActives(links, observation, new Map(seen))
  return { taken: links.clock.now(), elapsedMs: links.clock.elapsed() - began, servers }
}

async function seeServer(
  links: FleetLinks,
  link: ServerLink,
  { rendered, preflight }: Observation,
): Promise<SeenServer> {
  const { server } = link
  const own = rendered.get(server.name)
  const managed = isManaged(server)
  const questions = preflight.get(server.name)
  const zonesSeen = seeZones(links, link, own?.zones ?? [])
  const [zones, named, markers, files, slow] = await Promise.all([
    zonesSeen,
    managed ? seeNamed(link) : undefined,
    server.kind === 'peer' ? seeMarkers(links, link) : new Map<string, Result<SeenMarker, Failure>>(),
    managed ? seeFiles(link, ownFolder(server, own)) : undefined,
    questions === undefined || own === undefined
      ? undefined
      : seePreflight(links, link, { rendered: own, questions, zonesSeen }),
  ])
  const held = server.kind === 'peer' && files?.ok ? await withLockNow(link, files.value) : files
  return { server: server.name, zones, named, markers, files: held, preflight: slow }
}

/** A run that began while all else was looked at: what was seen of its middle is nothing to be mended. */
async function withLockNow(link: ServerLink, files: SeenFiles): Promise<Result<SeenFiles, Failure>> {
  if (files.lock !== undefined) return ok(files)
  const lock = await seeLock(link)
  return lock.ok ? ok({ ...files, lock: lock.value }) : lock
}

async function seeMarkers(
  links: FleetLinks,
  link: ServerLink,
): Promise<ReadonlyMap<string, Result<SeenMarker, Failure>>> {
  const answers = await Promise.all(
    link.server.sets.map(async set => [set, await seeMarker(links, link, set)] as const),
  )
  return new Map(answers)
}

/**
 * Servers are not asked at the same instant. Where a zone seems newer than on an active, the active is asked once
 * more: an update that arrived between the two answers is no verdict.
 */
async function lookAgainAtActives(
  links: FleetLinks,
  { rendered }: Observation,
  servers: ReadonlyMap<string, SeenServer>,
): Promise<ReadonlyMap<string, SeenServer>> {
  const again = new Map(servers)
  for (const active of servers.values()) {
    const isActive = [...active.markers.values()].some(marker => marker.ok && marker.value.role === 'active')
    if (!isActive || !active.zones.ok || !someoneIsAhead(active.zones.value, servers)) continue
    const zones = await seeZones(
      links,
      linkOf(links, active.server),
      rendered.get(active.server)?.zones ?? [],
    )
    again.set(active.server, { ...active, zones })
  }
  return again
}

function someoneIsAhead(active: SeenZones, servers: ReadonlyMap<string, SeenServer>): boolean {
  const columns = columnsOf(active)
  return [...servers.values()].some(({ zones }) => zones.ok && columnsOf(zones.value).isAheadOf(columns))
}

function columnsOf({ zones }: SeenZones): ServedZones {
  invariant(zones instanceof ServedZones, 'zones that were seen are kept in columns')
  return zones
}
