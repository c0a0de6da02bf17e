import { createHash } from 'node:crypto'
import { type Diagnostic, fail, ok, type Problem, type Refusal, type Result } from '../../core/base/index.ts'
import { type Fleet, isManaged } from '../../core/fleet/index.ts'
import { foreign } from '../../core/plan/index.ts'
import { changesWithRole, folderDigest } from '../../core/pushed/index.ts'
import { type RenderedServer, render, type Sources, type Standing } from '../../core/render/index.ts'
import type { Expected } from '../../core/snapshot/index.ts'
import { type Doors, type FleetLinks, type LookWatch, openLinks } from '../../io/observe/index.ts'
import { BUILD } from './build.ts'
import { systemClock } from './clock.ts'
import { type DigestedRendering, digestRendering } from './digested-rendering.ts'
import { type LastPushes, readLastPushes } from './last-pushes.ts'
import { type FleetFolder, readFolder } from './read-folder.ts'
import { readReleases } from './releases.ts'
import {
  type RenderingOrder,
  recallRendering,
  rememberRendering,
  renderingKey,
} from './remembered-rendering.ts'
import { readStates, standingsFrom } from './standings.ts'

/** A fleet ready to be looked at and acted upon: its folder read, its servers linked, its files rendered. */
export type Session = {
  readonly fleet: Fleet
  readonly sources: Sources
  /** The state of the fleet folder. */
  readonly folder: FolderState
  /** What the peers say was pushed last. */
  readonly pushes: LastPushes
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
  readonly close: () => Promise<void>
}

/** The digest of a fleet folder, and the text of its `baton.yaml`. */
export type FolderState = { readonly digest: string; readonly fleetFile: string }

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
  { fleet, fleetFile, keys, texts, warnings }: FleetFolder,
  links: FleetLinks,
  firstQuestionMs = links.questionMs,
): Promise<Result<Session, readonly Problem[]>> {
  const first = links.within({ questionMs: firstQuestionMs })
  const [said, { releases, silent }, pushes] = await Promise.all([
    readStates(first),
    readReleases(first),
    readLastPushes(first),
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
    folder: { fleetFile, digest: folderDigest({ folder: fleet.folder, fleetFile, texts, keys }) },
    pushes,
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
    close: links.close,
  })
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
