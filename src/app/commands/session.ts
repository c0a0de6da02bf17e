import { createHash } from 'node:crypto'
import { type Diagnostic, fail, ok, type Problem, type Refusal, type Result } from '../../core/base/index.ts'
import { type Fleet, isManaged } from '../../core/fleet/index.ts'
import {
  type Release,
  type RenderedServer,
  render,
  type Sources,
  type Standing,
  type ZoneLists,
} from '../../core/render/index.ts'
import type { Expected, FenceRecord } from '../../core/snapshot/index.ts'
import {
  attend,
  type Doors,
  type FleetLinks,
  type LookWatch,
  openLinks,
  seeNamed,
} from '../../io/observe/index.ts'
import { BUILD } from './build.ts'
import { systemClock } from './clock.ts'
import { changesWithRole, type DigestedRendering, digestRendering } from './digested-rendering.ts'
import { readStates, whoSays } from './peer-words.ts'
import { readFences } from './read-fences.ts'
import { type FleetFolder, type FleetHead, readHead, readRest } from './read-folder.ts'
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
  /** Over everything rendered that does not change with the roles; nothing where the folder was not read. */
  readonly fingerprint: string | undefined
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

/** The servers of a fleet, linked, before anything is rendered. */
export type OpenedFleet = { readonly head: FleetHead; readonly links: FleetLinks }

/** Opens the servers: only the fleet file and its keys are needed for that. */
export async function openFleet(options: SessionOptions): Promise<Result<OpenedFleet, readonly Problem[]>> {
  const head = await readHead(options.fleetFile)
  if (!head.ok) return head
  const { fleet, keys } = head.value
  const { openHost, openControl, questionMs, lookWatch } = options
  const links = openLinks({ fleet, keys, clock: systemClock, openHost, openControl, questionMs, lookWatch })
  return links.ok ? ok({ head: head.value, links: links.value }) : fail([links.error])
}

export async function openSession(options: SessionOptions): Promise<Result<Session, readonly Problem[]>> {
  const opened = await openFleet(options)
  return opened.ok ? sessionOfFolder(opened.value, options) : opened
}

/** The session of a fleet whose folder is read and rendered; its links are closed where that fails. */
export async function sessionOfFolder(
  { head, links }: OpenedFleet,
  { firstQuestionMs = links.questionMs }: Pick<SessionOptions, 'firstQuestionMs'>,
): Promise<Result<Session, readonly Problem[]>> {
  const folder = await readRest(head)
  const session = folder.ok ? await prepare(folder.value, links, firstQuestionMs) : folder
  if (!session.ok) await links.close()
  return session
}

/** The session of a run that stands on its own record: nothing of the fleet folder is read but the fleet file and the keys. */
export async function sessionOfRecord(
  { head: { fleet, keys, warnings }, links }: OpenedFleet,
  zones: ZoneLists,
): Promise<Session> {
  const [said, fences] = await Promise.all([readStates(links), readFences(links)])
  const lists = new Map(fleet.servers.map(({ name }) => [name, zones.get(name) ?? []]))
  return {
    fleet,
    links,
    warnings,
    sources: { texts: new Map(), keys, releases: new Map() },
    ...whoSays(fleet, said),
    fences,
    rendered: new Map([...lists].map(([server, list]) => [server, { server, files: [], zones: list }])),
    expected: new Map([...lists].map(([server, list]) => [server, { zones: list, digests: undefined }])),
    fingerprint: undefined,
    silent: new Set(),
    close: links.close,
  }
}

async function prepare(
  { fleet, keys, texts, warnings }: FleetFolder,
  links: FleetLinks,
  firstQuestionMs: number,
): Promise<Result<Session, readonly Problem[]>> {
  const first = links.within({ questionMs: firstQuestionMs })
  const [said, { releases, silent }, fences] = await Promise.all([
    readStates(first),
    readReleases(first),
    readFences(first),
  ])
  const { foreign, standings } = whoSays(fleet, said)
  const sources: Sources = { texts, keys, releases }
  const rendered = await renderDigested({ fleet, sources, standings })
  if (!rendered.ok) return rendered
  const { rendering } = rendered.value
  const expected = expectedOf(fleet, rendered.value)
  return ok({
    fleet,
    sources,
    links,
    foreign,
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
