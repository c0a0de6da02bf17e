import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import type { FileChange } from '../../../core/plan/index.ts'
import { renderStanding, type Standing } from '../../../core/render/index.ts'
import type { Snapshot } from '../../../core/snapshot/index.ts'
import { type ContentDifference, findDifferences } from '../../../io/compare/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import { ownManifest, readReplayRecord, readRescues, type SavedRescue } from '../../../io/rescue/index.ts'
import type { Session } from '../session/session.ts'
import type { RejoinHandover } from './rejoin-handover.ts'
import { isOfLastTerm } from './rejoin-orphans.ts'

/** What of every server that answers is not equal to the active's. Of two actives the other one will not catch up. */
export async function findForks(
  session: Session,
  snapshot: Snapshot,
  rejoin: RejoinHandover,
): Promise<readonly ContentDifference[]> {
  const { links, rendered } = session
  const { set, from, to } = rejoin.handover
  const pairs = links.servers
    .filter(({ server: { name } }) => name !== to && snapshot.servers.get(name)?.zones.ok === true)
    .flatMap(server => {
      const zones = rendered.get(server.server.name)?.zones.filter(zone => zone.set === set) ?? []
      return zones.map(zone => ({ server, zone }))
    })
  const unled = roleOf(session, rejoin) === 'active' ? from : undefined
  return findDifferences(links, { reference: linkOf(links, to), pairs, unled })
}

/** Content that the active does not have, as far as serials and digests can tell. */
export function isFork({ difference: { kind } }: ContentDifference): boolean {
  return kind === 'content-differs' || kind === 'content-ahead' || kind === 'content-incomparable'
}

/** What becomes of the returning server's own content before its zones are transferred anew. */
export type OwnContent =
  /** It may have something that the active never received. */
  | 'to-be-saved'
  /** A rescue of the term that ended holds it. */
  | 'saved-before'
  /** It is equal to the active's, and no rescue says what was there before. */
  | 'replaced'

/**
 * A server that is merely behind may hide a fork below the raised serial, so that only a rescue of the term that ended shows
 * that nothing is left to be saved.
 */
export async function judgeContent(
  session: Session,
  rejoin: RejoinHandover,
  differences: readonly ContentDifference[],
): Promise<Result<OwnContent, Failure>> {
  const { set, from, termBefore } = rejoin.handover
  const own = differences.filter(({ server }) => server === from)
  if (roleOf(session, rejoin) === 'active' || own.some(isFork)) return ok('to-be-saved')
  const rescues = await readRescues(linkOf(session.links, from))
  if (!rescues.ok) return fail(rescues.error)
  for (const rescue of rescues.value.filter(each => isOfLastTerm(each, set, termBefore))) {
    if (await holdsOwnContent(session, rescue)) return ok('saved-before')
  }
  return ok(rejoin.deposed !== undefined && own.length === 0 ? 'replaced' : 'to-be-saved')
}

/** Only where it says of which term, fleet and server it is: one of an unknown term may be years old. */
async function holdsOwnContent({ links }: Session, rescue: SavedRescue): Promise<boolean> {
  const own = ownManifest(links, rescue)
  if (!own.ok || own.value.term === undefined || own.value.fleet === '' || own.value.server === '')
    return false
  const record = await readReplayRecord(linkOf(links, rescue.server), rescue)
  return record.ok && record.value.discarded === undefined
}

/** The role in which the returning server says that it is. */
function roleOf({ standings }: Session, { handover: { set, from }, deposed }: RejoinHandover) {
  return deposed?.role ?? standings.get(from)?.find(each => each.set === set)?.role
}

/** Per peer the state and the markers that are not yet as they will be. `named.conf` is none of them. */
export async function standingChanges(
  session: Session,
  { handover: { set, from, to, termAfter, without } }: RejoinHandover,
  since: string,
): Promise<Result<ReadonlyMap<string, readonly FileChange[]>, Failure>> {
  const found = new Map<string, readonly FileChange[]>()
  for (const peer of session.fleet.servers) {
    if (peer.kind !== 'peer' || !peer.sets.includes(set) || without.includes(peer.name)) continue
    const role = peer.name === to ? 'active' : 'standby'
    const standings: readonly Standing[] = (session.standings.get(peer.name) ?? []).map(own =>
      own.set === set ? { set, role, term: termAfter, since } : own,
    )
    const { host } = linkOf(session.links, peer.name)
    const changes: FileChange[] = []
    for (const { path, content, mode } of renderStanding(session.fleet, peer, standings)) {
      const read = await host.read(path)
      if (!read.ok && read.error.code !== 'hosts.missing') return read
      const before = read.ok ? new TextDecoder().decode(read.value) : undefined
      if (before !== content) changes.push({ path, mode, content, before })
    }
    if (changes.length > 0 || peer.name === from) found.set(peer.name, changes)
  }
  return ok(found)
}

/** The guard of a peer and what it reads, as this Baton makes them: one that was away may have those of an older one. */
export function guardFiles({ rendered }: Pick<Session, 'rendered'>, peer: string): readonly FileChange[] {
  const files = rendered.get(peer)?.files ?? []
  return files
    .filter(({ path }) => /\/baton\/guard(\.[^/]+)?$/.test(path))
    .map(({ path, mode, content }) => ({ path, mode, content, before: undefined, replaces: 'anything' }))
}
