import { Defect, type Failure, VERSION } from '../../../core/base/index.ts'
import { isManaged, type Peer, type Server } from '../../../core/fleet/index.ts'
import { decodeConf } from '../../../core/namedconf/index.ts'
import { digestOf, type Pushed, type ZoneLists } from '../../../core/pushed/index.ts'
import { type RenderedFile, type RenderedServer, standingsOf } from '../../../core/render/index.ts'
import type { ExpectedServer } from '../../../core/snapshot/index.ts'
import { type FleetLinks, linkOf, seePushedZones } from '../../../io/observe/index.ts'
import { pushInWords } from '../push/push-in-words.ts'
import type { Basis } from './folder-basis.ts'
import { type LastPushes, newestPushes } from './last-pushes.ts'
import type { RenderingOrder } from './remembered-rendering.ts'
import { roleTexts } from './role-texts.ts'
import type { FolderState } from './session-options.ts'

export type PushedReading = {
  readonly links: FleetLinks
  readonly pushes: LastPushes
  readonly folder: FolderState
}

/**
 * What the servers should hold by what the last push wrote down on them: each peer by its own record, all others by the newest.
 * Nothing is rendered. Nothing where no peer that answers has a record with its zones, as after a push of an older Baton.
 */
export async function basisFromPushes(
  order: RenderingOrder,
  { links, pushes, folder }: PushedReading,
): Promise<Basis | undefined> {
  const [newest] = newestPushes(pushes)
  if (newest === undefined) return undefined
  const { fleet } = order
  const recordOf = ({ name }: Server): Pushed => {
    const seen = pushes.get(name)
    return seen?.ok && seen.value ? seen.value.pushed : newest
  }
  const lists = new Map<string, ZoneLists>()
  for (const record of new Set([newest, ...fleet.servers.map(recordOf)])) {
    if (lists.has(record.zonesDigest)) continue
    const zones = await readZones(links, pushes, record)
    if (zones === undefined) return undefined
    lists.set(record.zonesDigest, zones)
  }
  const installed = await readInstalled(links, fleet.servers)
  const rendered = new Map<string, RenderedServer>()
  const expected = new Map<string, ExpectedServer>()
  for (const server of fleet.servers) {
    const record = recordOf(server)
    const zones = lists.get(record.zonesDigest)?.get(server.name) ?? []
    const files = [...(record.servers.get(server.name) ?? [])].map(
      ([path, { digest, mode }]) => [new InstalledFile(path, mode), digest] as const,
    )
    const following = server.kind === 'peer' ? roleFilesOf(server, order, installed) : []
    const all = [...files, ...following.map(file => [file, digestOf(file.content)] as const)]
    rendered.set(server.name, { server: server.name, files: all.map(([file]) => file), zones })
    const digests = new Map(all.map(([{ path }, digest]) => [path, digest]))
    expected.set(server.name, { zones, digests: isManaged(server) ? digests : undefined })
  }
  const remarks = [...remarksOn(newest, folder), ...unreadRecords(pushes)]
  return { sources: order.sources, rendered, expected, installed, outdated: new Map(), warnings: [], remarks }
}

/** From whichever peer has the list that a record speaks of. */
async function readZones(
  links: FleetLinks,
  pushes: LastPushes,
  record: Pushed,
): Promise<ZoneLists | undefined> {
  for (const [name, seen] of pushes) {
    if (!seen.ok) continue
    const zones = await seePushedZones(linkOf(links, name), record)
    if (zones.ok) return zones.value
  }
  return undefined
}

/** A peer whose file cannot be read is not in it: whether it may become active is for the checks to say. */
async function readInstalled(
  links: FleetLinks,
  servers: readonly Server[],
): Promise<ReadonlyMap<string, string>> {
  const peers = servers.filter(({ kind }) => kind === 'peer')
  const texts = await Promise.all(
    peers.map(async ({ name, paths }) => {
      const read = await linkOf(links, name).host.read(`${paths.configuration}/named.standby.conf`)
      return read.ok ? [[name, decodeConf(read.value)] as const] : []
    }),
  )
  return new Map(texts.flat())
}

/** The small files that follow a peer's roles, as they should be now; no `named.conf` where none can be made. */
function roleFilesOf(
  peer: Peer,
  { fleet, sources, standings }: RenderingOrder,
  installed: ReadonlyMap<string, string>,
): readonly RenderedFile[] {
  const own = standingsOf(fleet, peer, standings.get(peer.name) ?? [])
  const files = roleTexts({ fleet, sources, installed }, { peer, standings: own })
  return files.ok ? files.value : []
}

/** A file that lies on a server: nobody needs its text here. */
export class InstalledFile implements RenderedFile {
  readonly path: string
  readonly mode: number
  readonly secret = true

  constructor(path: string, mode: number) {
    this.path = path
    this.mode = mode
  }

  get content(): string {
    throw new Defect('what goes by the last push installs none of its large files')
  }
}

function remarksOn(last: Pushed, { digest }: FolderState): readonly string[] {
  const counts = `What counts is what lies on the servers: the state ${pushInWords(last)}.`
  if (digest === undefined) return [`Your fleet folder cannot be read whole. ${counts}`]
  if (digest !== last.folder.digest)
    return [`Your fleet folder is not the one that was pushed last. ${counts}`]
  return last.baton === VERSION ? [] : [`Baton ${last.baton} pushed last, and this is ${VERSION}. ${counts}`]
}

function unreadRecords(pushes: LastPushes): readonly string[] {
  const failures = [...pushes.values()].flatMap((seen): Failure[] => (seen.ok ? [] : [seen.error]))
  return failures
    .filter(({ code }) => code.startsWith('push.'))
    .map(({ subject, because }) => `${subject}: ${because}.`)
}
