import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { findServer, type Peer } from '../../../core/fleet/index.ts'
import { digestOf } from '../../../core/pushed/index.ts'
import { LOOK_DEADLINE_MS, ownFolder, type ServerLink } from '../../../io/observe/index.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'

export type GuardOptions = SessionOptions & {
  /** Names of peers; none means all of them. */
  readonly servers: readonly string[]
}

/** A peer, its link, and where its guard is. */
export type GuardedPeer = {
  readonly peer: Peer
  readonly link: ServerLink
  /** Absolute path of the folder `baton`. */
  readonly folder: string
  /** Absolute path of the script. */
  readonly script: string
}

/** Opens the fleet for as long as something is asked of its peers' guards. */
export function withGuards<Value>(
  options: GuardOptions,
  ask: (session: Session, peers: readonly GuardedPeer[]) => Promise<Result<Value, readonly Problem[]>>,
): Promise<Result<Value, readonly Problem[]>> {
  const askChosen = amongOurs<Value>(async session => {
    const peers = choosePeers(session, options.servers)
    return peers.ok ? ask(session, peers.value) : fail([peers.error])
  })
  return withSession({ questionMs: LOOK_DEADLINE_MS, ...options }, askChosen)
}

function choosePeers(session: Session, names: readonly string[]): Result<readonly GuardedPeer[], Refusal> {
  for (const name of names) {
    const found = findServer(session.fleet, name)
    if (!found.ok) return found
    if (found.value.kind !== 'peer') return fail(notAPeer(name))
  }
  return ok(
    session.links.servers.flatMap(link => {
      const { server } = link
      if (server.kind !== 'peer' || (names.length > 0 && !names.includes(server.name))) return []
      const folder = `${server.paths.configuration}/baton`
      return [{ peer: server, link, folder, script: `${folder}/guard` }]
    }),
  )
}

/** What of a peer others could change; its guard says so too, and lets named start as standby. */
export function exposuresOn(session: Session, { peer, link }: GuardedPeer) {
  return link.host.exposures(ownFolder(peer, session.rendered.get(peer.name)))
}

/** How the script on the server compares with ours. */
export async function compareScript(session: Session, { peer, link, script }: GuardedPeer) {
  const digests = await link.host.digests([script])
  if (!digests.ok) return digests
  const found = digests.value.get(script)
  const ours = session.rendered.get(peer.name)?.files.find(({ path }) => path === script)
  if (found === undefined) return ok('missing' as const)
  return ok(
    ours !== undefined && digestOf(ours.content) === found ? ('current' as const) : ('different' as const),
  )
}

function notAPeer(name: string): Refusal {
  return refuse({
    code: 'guard.not-a-peer',
    subject: name,
    because: 'it is a secondary, which is never active and has no guard',
    remedy: 'Name peers, or no server at all for every peer.',
  })
}
