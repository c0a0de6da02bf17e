import { createHash } from 'node:crypto'
import { type Diagnostic, fail, ok, type Problem, type Refusal, type Result } from '../../core/base/index.ts'
import { type Fleet, isManaged, type Peer } from '../../core/fleet/index.ts'
import { foreign } from '../../core/plan/index.ts'
import {
  firstStandings,
  type Release,
  type RenderedServer,
  render,
  type Sources,
  type Standing,
} from '../../core/render/index.ts'
import {
  type Expected,
  type FenceRecord,
  isOurs,
  type SaidName,
  type SeenStanding,
  type SeenState,
} from '../../core/snapshot/index.ts'
import {
  attend,
  type Doors,
  type FleetLinks,
  type LookWatch,
  openLinks,
  type ServerLink,
  seeMarker,
  seeNamed,
  seeState,
} from '../../io/observe/index.ts'
import { BUILD } from './build.ts'
import { systemClock, timestamp } from './clock.ts'
import { changesWithRole, type DigestedRendering, digestRendering } from './digested-rendering.ts'
import { readFences } from './read-fences.ts'
import { type FleetFolder, readFolder } from './read-folder.ts'
import {
  type RenderingOrder,
  recallRendering,
  rememberRendering,
  renderingKey,
} from './remembered-rendering.ts'

/** A fleet ready to be looked at and acted upon: its folder read, its servers linked, its files rendered. */
export type Session = {
  readonly fleet: Fleet
  readonly sources: Sources
  readonly links: FleetLinks
  /** Peers that say that they are others, or of another fleet. */
  readonly foreign: readonly Refusal[]
  /** How every peer stands, as the peers' own state files say. */
  readonly standings: ReadonlyMap<string, readonly Standing[]>
  readonly rendered: ReadonlyMap<string, RenderedServer>
  readonly expected: Expected
  /** Over everything rendered that does not change with the roles. */
  readonly fingerprint: string
  readonly warnings: readonly Diagnostic[]
  /** Servers that did not answer when they were asked for their release. */
  readonly silent: ReadonlySet<string>
  /** Which servers are written down as fenced, by whichever peer. */
  readonly fences: ReadonlyMap<string, FenceRecord>
  readonly close: () => Promise<void>
}

export type SessionOptions = Doors & {
  readonly fleetFile: string
  /** How long one question to a server may take, in milliseconds. */
  readonly questionMs?: number | undefined
  /** The same for the first questions, before the fleet is rendered; like all others unless said. */
  readonly firstQuestionMs?: number | undefined
  /** Told which servers are being waited for. */
  readonly lookWatch?: LookWatch | undefined
}

export async function openSession(options: SessionOptions): Promise<Result<Session, readonly Problem[]>> {
  const folder = await readFolder(options.fleetFile)
  if (!folder.ok) return folder
  const { fleet, keys } = folder.value
  const { openHost, openControl, questionMs, lookWatch, firstQuestionMs = questionMs } = options
  const links = openLinks({ fleet, keys, clock: systemClock, openHost, openControl, questionMs, lookWatch })
  if (!links.ok) return fail([links.error])
  const session = await prepare(folder.value, links.value, firstQuestionMs)
  if (!session.ok) await links.value.close()
  return session
}

async function prepare(
  { fleet, keys, texts, warnings }: FleetFolder,
  links: FleetLinks,
  firstQuestionMs = links.questionMs,
): Promise<Result<Session, readonly Problem[]>> {
  const first = links.within({ questionMs: firstQuestionMs })
  const [said, { releases, silent }, fences] = await Promise.all([
    readStates(first),
    readReleases(first),
    readFences(first),
  ])
  const states = new Map([...said].map(([peer, { state }]) => [peer, state]))
  const standings = standingsFrom(fleet, states)
  const sources: Sources = { texts, keys, releases }
  const rendered = await renderDigested({ fleet, sources, standings })
  if (!rendered.ok) return rendered
  const { rendering } = rendered.value
  const expected = expectedOf(fleet, rendered.value)
  return ok({
    fleet,
    sources,
    links,
    foreign: [...said].flatMap(([peer, { other }]) =>
      other === undefined ? [] : [foreign(fleet, peer, other)],
    ),
    standings,
    rendered: rendering.servers,
    expected,
    fingerprint: fingerprintOf(expected),
    warnings: [...warnings, ...rendering.warnings],
    silent,
    fences,
    close: links.close,
  })
}

type SaidOfItself = {
  readonly state: SeenState
  /** Who it says that it is, where that is another. */
  readonly other: SaidName | undefined
}

/** How each peer stands by its own word: its marker says what named runs, its state file what was last written. */
async function readStates(links: FleetLinks): Promise<ReadonlyMap<string, SaidOfItself>> {
  const peers = links.servers.filter(({ server }) => server.kind === 'peer')
  const states = await Promise.all(
    peers.map(async link => {
      const { name } = link.server
      return [name, await attend(links, name, () => readState(links, link))] as const
    }),
  )
  return new Map(states)
}

/**
 * The marker counts more than the state file: somebody may have switched by hand, and what Baton writes must not turn
 * that back. Either counts only when it names this fleet and this server.
 */
async function readState(links: FleetLinks, link: ServerLink): Promise<SaidOfItself> {
  const { name: server, sets } = link.server
  const isOwn = (says: SaidName) => isOurs(links.fleet, server, says)
  const [state, ...markers] = await Promise.all([
    seeState(link),
    ...sets.map(async set => ({ set, marker: await seeMarker(links, link, set) })),
  ])
  const inFile = state.ok && state.value !== undefined ? [state.value] : []
  const served = markers.flatMap(({ set, marker }) => (marker.ok ? [{ set, ...marker.value }] : []))
  const standings = new Map<string, SeenStanding>(inFile.filter(isOwn).flatMap(({ sets }) => [...sets]))
  for (const { set, role, term, since } of served.filter(isOwn)) standings.set(set, { role, term, since })
  return {
    state: { fleet: links.fleet.name, server, sets: standings },
    other: [...served, ...inFile].find(says => !isOwn(says)),
  }
}

async function readReleases(links: FleetLinks): Promise<Pick<Session, 'silent'> & Pick<Sources, 'releases'>> {
  const releases = new Map<string, Release>()
  const silent = new Set<string>()
  const managed = links.servers.filter(({ server }) => isManaged(server))
  await Promise.all(
    managed.map(async link => {
      const named = await attend(links, link.server.name, () => seeNamed(link))
      if (!named.ok) silent.add(link.server.name)
      const release = named.ok ? releaseOf(named.value.version) : undefined
      if (release !== undefined) releases.set(link.server.name, release)
    }),
  )
  return { releases, silent }
}

/** Development releases after 9.21.0 are taken as 9.21, and a stable one that is newer as the newest known. */
function releaseOf(version: string): Release | undefined {
  const minor = Number(/^9\.(\d+)/.exec(version)?.[1])
  if (Number.isNaN(minor)) return undefined
  if (minor < 18) return '9.16'
  if (minor < 20) return '9.18'
  return minor < 21 ? '9.20' : '9.21'
}

/** As the peers say; where none says anything of a set, as the fleet begins; a silent peer is a standby of the newest term. */
export function standingsFrom(
  fleet: Fleet,
  states: ReadonlyMap<string, SeenState>,
): ReadonlyMap<string, readonly Standing[]> {
  const first = firstStandings(fleet, timestamp(systemClock.now()))
  const peers = fleet.servers.filter((server): server is Peer => server.kind === 'peer')
  return new Map(
    peers.map(peer => [
      peer.name,
      (first.get(peer.name) ?? []).map(standing => {
        const own = states.get(peer.name)?.sets.get(standing.set)
        const newest = newestStanding(states, standing.set)
        if (newest === undefined) return standing
        // A standby that has not heard of the newest term is to be told of it.
        const isBehind = own?.role === 'standby' && own.term < newest.term
        if (own !== undefined && !isBehind) return { set: standing.set, ...own }
        return { ...newest, set: standing.set, role: 'standby' as const }
      }),
    ]),
  )
}

function newestStanding(states: ReadonlyMap<string, SeenState>, set: string) {
  return [...states.values()]
    .flatMap(state => state.sets.get(set) ?? [])
    .toSorted((left, right) => right.term - left.term)[0]
}

/** As it was remembered, where nothing changed since; else rendered, and remembered. */
async function renderDigested(
  order: RenderingOrder,
): Promise<Result<DigestedRendering, readonly Diagnostic[]>> {
  const key = BUILD === undefined ? undefined : renderingKey(order, BUILD)
  const recalled = key === undefined ? undefined : await recallRendering(order, key)
  if (recalled !== undefined) return ok(recalled)
  const rendering = render(order.fleet, order.sources, order.standings)
  if (!rendering.ok) return rendering
  const digested = digestRendering(rendering.value)
  if (key !== undefined) await rememberRendering(order.fleet, key, digested)
  return ok(digested)
}

function expectedOf(fleet: Fleet, { rendering, digests }: DigestedRendering): Expected {
  return new Map(
    fleet.servers.map(server => {
      const zones = rendering.servers.get(server.name)?.zones ?? []
      return [server.name, { zones, digests: isManaged(server) ? digests.get(server.name) : undefined }]
    }),
  )
}

function fingerprintOf(expected: Expected): string {
  const hash = createHash('sha256')
  for (const [server, { zones, digests }] of expected) {
    hash.update(`${server} ${zones.length}\n`)
    for (const [path, digest] of digests ?? []) if (!changesWithRole(path)) hash.update(`${path} ${digest}\n`)
  }
  return hash.digest('hex')
}
