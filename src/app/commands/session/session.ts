import { fail, ok, type Problem, type Refusal, type Result } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import { folderDigest, type ZoneLists } from '../../../core/pushed/index.ts'
import type { Standing } from '../../../core/render/index.ts'
import type { FenceRecord, RemovedPeer } from '../../../core/snapshot/index.ts'
import type { FleetLinks } from '../../../io/observe/index.ts'
import { readFences } from '../failover/read-fences.ts'
import { preferPushed } from '../look/outdated.ts'
import { leaveRemoved } from '../look/removed-peers.ts'
import { type Basis, basisFromFolder, fingerprintOfFolder } from './folder-basis.ts'
import { noteFolder } from './folder-lineage.ts'
import { type LastPushes, readLastPushes } from './last-pushes.ts'
import { basisFromPushes } from './pushed-basis.ts'
import { addressedAs, asPushed } from './pushed-fleet.ts'
import { type FleetHead, readFleetHead, readTexts } from './read-folder.ts'
import { readReleases } from './releases.ts'
import { type FolderState, linksTo, type SessionOptions } from './session-options.ts'
import { readStates, whoSays } from './standings.ts'

export type { SessionOptions } from './session-options.ts'

/** A fleet ready to be looked at and acted upon: its servers linked, and what they should hold known. */
export type Session = Basis & {
  readonly fleet: Fleet
  /** The state of the fleet folder. */
  readonly folder: FolderState
  /** What the peers say was pushed last. */
  readonly pushes: LastPushes
  readonly links: FleetLinks
  /** Peers that say that they are others, or of another fleet. */
  readonly foreign: readonly Refusal[]
  /** How every peer stands, as the peers' own state files say. */
  readonly standings: ReadonlyMap<string, readonly Standing[]>
  /** Over everything rendered that does not change with the roles; nothing where the folder was not read. */
  readonly fingerprint: string | undefined
  /** Servers that did not answer when they were asked for their release. */
  readonly silent: ReadonlySet<string>
  /** Which servers are written down as fenced, by whichever peer. */
  readonly fences: ReadonlyMap<string, FenceRecord>
  /** Peers that were removed from the fleet for good, and that `baton.yaml` names all the same: no part of `fleet` and `links`. */
  readonly removed: readonly FenceRecord[]
  /** Looks whether one of them answers, and as what. */
  readonly seeRemoved: () => Promise<readonly RemovedPeer[]>
  readonly close: () => Promise<void>
}

export async function openSession(options: SessionOptions): Promise<Result<Session, readonly Problem[]>> {
  const read = await readFleetHead(options.fleetFile)
  if (!read.ok) return read
  const texts = await readTexts(read.value.fleet)
  const { basis = 'folder' } = options
  if (!texts.ok && basis !== 'pushed') return fail([texts.error])
  const head = basis === 'pushed' ? await asPushed(read.value, options) : read
  if (!head.ok) return head
  const { fleetFile, fleet, keys } = read.value
  const links = linksTo({ ...head.value, fleet: addressedAs(head.value.fleet, fleet) }, options)
  if (!links.ok) return links
  const digest = texts.ok
    ? folderDigest({ folder: fleet.folder, fleetFile, texts: texts.value, keys })
    : undefined
  const opening = { head: head.value, folder: { fleetFile, digest }, texts, links: links.value }
  const session = await prepare(opening, options)
  if (!session.ok) await links.value.close()
  return session
}

/** The servers of a fleet, linked: only the fleet file and its keys are needed for that. */
export type OpenedFleet = {
  readonly head: FleetHead
  readonly fleetFile: string
  readonly links: FleetLinks
}

export async function openFleet(options: SessionOptions): Promise<Result<OpenedFleet, readonly Problem[]>> {
  const head = await readFleetHead(options.fleetFile)
  if (!head.ok) return head
  const linked = linksTo(head.value, options)
  if (!linked.ok) return linked
  const { fleet, links } = leaveRemoved(linked.value, head.value.fleet, await readFences(linked.value))
  return ok({ head: { ...head.value, fleet }, fleetFile: head.value.fleetFile, links })
}

/** The session of a run that stands on its own record: nothing of the fleet folder is read but the fleet file and the keys. */
export async function sessionOfRecord(
  { head: { fleet, keys, warnings }, fleetFile, links }: OpenedFleet,
  zones: ZoneLists,
): Promise<Session> {
  const [said, pushes, fences] = await Promise.all([
    readStates(links),
    readLastPushes(links),
    readFences(links),
  ])
  const lists = new Map(fleet.servers.map(({ name }) => [name, zones.get(name) ?? []]))
  return {
    sources: { texts: new Map(), keys, releases: new Map() },
    rendered: new Map([...lists].map(([server, list]) => [server, { server, files: [], zones: list }])),
    expected: new Map([...lists].map(([server, list]) => [server, { zones: list, digests: undefined }])),
    installed: undefined,
    outdated: new Map(),
    warnings,
    remarks: [],
    fleet,
    folder: { fleetFile, digest: undefined },
    pushes,
    links,
    ...whoSays(fleet, said),
    fences,
    removed: [],
    seeRemoved: async () => [],
    fingerprint: undefined,
    silent: new Set(),
    close: links.close,
  }
}

type Opening = {
  readonly head: FleetHead
  readonly folder: FolderState
  readonly texts: Awaited<ReturnType<typeof readTexts>>
  readonly links: FleetLinks
}

async function prepare(
  { head, folder, texts, links: all }: Opening,
  { basis: wanted = 'folder', questionMs = all.questionMs, firstQuestionMs = questionMs }: SessionOptions,
): Promise<Result<Session, readonly Problem[]>> {
  const { keys, warnings } = head
  const fences = await readFences(all.within({ questionMs: firstQuestionMs }))
  const { fleet, links, removed, seeRemoved } = leaveRemoved(all, head.fleet, fences)
  const first = links.within({ questionMs: firstQuestionMs })
  const [said, { releases, silent }, pushes] = await Promise.all([
    readStates(first),
    readReleases(first),
    readLastPushes(first),
  ])
  const { foreign, standings } = whoSays(fleet, said)
  const sources = { texts: texts.ok ? texts.value : new Map<string, string>(), keys, releases }
  const order = { fleet, sources, standings }
  const pushed = wanted === 'pushed' ? await basisFromPushes(order, { links, pushes, folder }) : undefined
  if (pushed === undefined && !texts.ok) return fail([texts.error])
  const made = pushed === undefined ? await basisFromFolder(order) : ok(pushed)
  const basis =
    made.ok && wanted === 'either'
      ? ok(await preferPushed(made.value, order, { links, pushes, folder }))
      : made
  if (!basis.ok) return basis
  await noteFolder({ fleet, folder, pushes })
  return ok({
    ...basis.value,
    warnings: [...warnings, ...basis.value.warnings],
    fleet,
    folder,
    pushes,
    links,
    foreign,
    standings,
    fences,
    removed,
    seeRemoved,
    fingerprint: fingerprintOfFolder(basis.value.expected),
    silent,
    close: links.close,
  })
}
