import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { findServer, peersOf } from '../../../core/fleet/index.ts'
import { isOurs } from '../../../core/snapshot/index.ts'
import { findUnfinishedRun } from '../../../io/journal/index.ts'
import { linkOf, seeMarker, seePresence } from '../../../io/observe/index.ts'
import { PRESENCE_DEADLINE_MS } from '../failover/fences.ts'
import { wayOfRole } from '../failover/way-without-lost.ts'
import { endsWithout } from '../rejoin/left-behind.ts'
import { journalCopies } from '../session/copies.ts'
import type { Session } from '../session/session.ts'

export type RemovalQuestion = {
  readonly servers: readonly string[]
  readonly despiteAnswer: readonly string[]
  /** The run that asks, where it has taken the locks already. */
  readonly holding?: string | undefined
}

/** Peers a set must have left: one that is active, and one that could take over. */
const PEERS_LEFT_MIN = 2

/** Why these peers can't be removed; nothing where they are gone, others do without them, and no run is unfinished. */
export async function refuseRemoval(
  session: Session,
  question: RemovalQuestion,
): Promise<readonly Problem[]> {
  const { servers, despiteAnswer } = question
  const known = [...servers, ...despiteAnswer].flatMap(name => refuseNoPeer(session, name))
  if (known.length > 0) return known
  const run = await refuseUnfinished(session, question)
  if (!run.ok) return run.error
  const found = await Promise.all(
    servers.map(async name => {
      const answering = await refuseAnswering(session, name, despiteAnswer)
      return answering.length > 0 ? answering : refuseActive(session, name, servers)
    }),
  )
  return [...refuseFew(session, servers), ...found.flat()]
}

function refuseNoPeer({ fleet }: Session, name: string): readonly Refusal[] {
  const server = findServer(fleet, name)
  if (!server.ok) return [server.error]
  if (server.value.kind === 'peer') return []
  return [
    refuse({
      code: 'peer.no-peer',
      subject: name,
      because: 'it is a secondary, and never takes writes',
      remedy: `Take ${name} out of baton.yaml, then \`baton push\`.`,
    }),
  ]
}

/** What the servers that go have on record cannot be asked, and is not needed: every run is on record on the others too. */
async function refuseUnfinished(
  session: Session,
  { servers, holding }: RemovalQuestion,
): Promise<Result<void, readonly Problem[]>> {
  const found = await findUnfinishedRun(journalCopies(session, servers), { leftOut: servers })
  if (!found.ok) return fail([found.error])
  const run = found.value
  if (run === undefined || run.lock.run === holding) return ok(undefined)
  const fenced = servers.map(name => `--fenced ${name}="…"`).join(' ')
  const byHalf = `\`baton resume ${fenced}\` goes on without ${servers.join(', ')}. \`baton rollback --without ${servers.join(' ')}\` takes it back. Where the active is lost, \`baton failover ${fenced}\` leads on.`
  const way = endsWithout(run) ? byHalf : wayOfRole(run, servers)
  return fail([
    refuse({
      code: 'peer.run-unfinished',
      subject: run.lock.run,
      because: `this ${run.lock.operation} by ${run.lock.holder} holds the fleet`,
      remedy: `End it first: ${way}`,
    }),
  ])
}

/** Its own signed word is never somebody else's answer. */
async function refuseAnswering(
  { links }: Session,
  name: string,
  despiteAnswer: readonly string[],
): Promise<readonly Refusal[]> {
  const link = linkOf(links, name)
  const [presence, ...markers] = await Promise.all([
    seePresence(links, name, { deadlineMs: PRESENCE_DEADLINE_MS }),
    ...link.server.sets.map(set => seeMarker(links, link, set)),
  ])
  const isItself = markers.some(marker => marker.ok && isOurs(links.fleet, name, marker.value))
  if (!isItself && (presence.kind === 'silent' || despiteAnswer.includes(name))) return []
  const because =
    presence.kind === 'unknown'
      ? `this machine cannot tell whether it answers: ${presence.because}`
      : `it is there: ${isItself ? 'its signed marker answers' : presence.how.join(', ')}`
  const despite = isItself ? '' : ` If you know that somebody else answers there: --despite-answer ${name}.`
  return [
    refuse({
      code: 'peer.answers',
      subject: name,
      because,
      remedy: `Stop its named, and order it again. To take a server that is well out of the fleet, take ${name} out of baton.yaml, and \`baton push\`.${despite}`,
    }),
  ]
}

/** Somebody who stays must be seen to be active, in a term that is none before that of the one that goes. */
async function refuseActive(
  { fleet, links, standings }: Session,
  name: string,
  servers: readonly string[],
): Promise<readonly Refusal[]> {
  const { sets } = linkOf(links, name).server
  const found = await Promise.all(
    sets.map(async set => {
      const others = peersOf(fleet, set).filter(peer => !servers.includes(peer.name))
      const markers = await Promise.all(others.map(peer => seeMarker(links, linkOf(links, peer.name), set)))
      const terms = markers.flatMap((marker, index) => {
        if (!marker.ok || !isOurs(fleet, others[index]?.name ?? '', marker.value)) return []
        return marker.value.role === 'active' ? [marker.value.term] : []
      })
      const own = standings.get(name)?.find(standing => standing.set === set)
      if (own?.role === 'active' && terms.every(term => term <= own.term))
        return [mayBeActive(name, `it is the active of ${set}, in term ${own.term}`)]
      return terms.length > 0 ? [] : [mayBeActive(name, `no other peer is seen to be the active of ${set}`)]
    }),
  )
  return found.flat()
}

function mayBeActive(name: string, because: string): Refusal {
  return refuse({
    code: 'peer.may-be-active',
    subject: name,
    because,
    remedy: `Let another peer take over first: \`baton failover --from ${name} --fenced ${name}="…"\`. Then order it again.`,
  })
}

function refuseFew({ fleet }: Session, servers: readonly string[]): readonly Refusal[] {
  return fleet.zoneSets.flatMap(({ name: set }) => {
    const peers = peersOf(fleet, set).map(({ name }) => name)
    const left = peers.filter(name => !servers.includes(name))
    if (left.length === peers.length || left.length >= PEERS_LEFT_MIN) return []
    const gone = peers.filter(name => servers.includes(name)).join(', ')
    return [
      refuse({
        code: 'peer.too-few-left',
        subject: gone,
        because: `without it ${left.join(', ') || 'nobody'} would be the only peer of ${set}, and nobody could take over`,
        remedy: `Put a new peer, under a name of its own, in the place of ${gone} in baton.yaml, then \`baton push\`: it needs no server that baton.yaml does not name.`,
      }),
    ]
  })
}
