import { type Instant, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { type SetStanding, type Snapshot, standingOf } from '../../../core/snapshot/index.ts'
import {
  believe,
  type EqualCopy,
  MEMORY_NONE,
  remember,
  type VerifiedMemory,
  type VerifiedSet,
} from '../../../core/verify/index.ts'
import { type ContentPair, compareContent } from '../../../io/compare/index.ts'
import { linkOf, observe } from '../../../io/observe/index.ts'
import type {
  ServerVerification,
  UnknownContent,
  VerifyDocument,
  ZoneDifference,
} from '../../contract/index.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'
import { describeDifferences } from './verify-differences.ts'
import { keepVerified, readVerified } from './verify-memory.ts'
import { findSilent, unknownContents, unknownServer, unknownSet } from './verify-unknown.ts'

export type VerifyOptions = SessionOptions & {
  /** Whether copies that were found equal before, and have not changed since, are believed to be so still. */
  readonly believe: VerifyDocument['believed']
}

/** Compares the content of every zone on every server with the active's. Changes nothing on any server. */
export function verify(options: VerifyOptions): Promise<Result<VerifyDocument, readonly Problem[]>> {
  const ask = amongOurs<VerifyDocument>(session => verifySession(session, options.believe))
  return withSession(options, ask)
}

async function verifySession(
  session: Session,
  believed: VerifyDocument['believed'],
): Promise<Result<VerifyDocument, readonly Problem[]>> {
  const { fleet, links, rendered } = session
  const began = links.clock.elapsed()
  const memory = believed === 'nothing' ? MEMORY_NONE : await readVerified(fleet)
  // Before any transfer: a load time that is seen afterwards could be that of newer content.
  const snapshot = await observe(links, { rendered, preflight: new Map() })
  const outcomes: SetOutcome[] = []
  for (const { name } of fleet.zoneSets) {
    const standing = standingOf(fleet, snapshot, name)
    outcomes.push(await verifySet({ session, snapshot, standing, remembered: memory.get(name) }))
  }
  const kept = await keepVerified(fleet, memoryOf(outcomes))
  return ok(
    documentOf({
      session,
      taken: snapshot.taken,
      elapsedMs: links.clock.elapsed() - began,
      believed,
      outcomes,
      warnings: kept.ok ? session.warnings : [...session.warnings, kept.error],
    }),
  )
}

type SetCase = {
  readonly session: Session
  readonly snapshot: Snapshot
  readonly standing: SetStanding
  readonly remembered: VerifiedSet | undefined
}

type SetOutcome = {
  readonly standing: SetStanding
  readonly equal: readonly EqualCopy[]
  readonly differences: readonly ZoneDifference[]
  readonly unknowns: readonly UnknownContent[]
  readonly transfers: number
  readonly verified: VerifiedSet | undefined
}

async function verifySet(set: SetCase): Promise<SetOutcome> {
  const { session, snapshot, standing, remembered } = set
  const { active, term } = standing
  const pairs = pairsOf(session, standing)
  if (active === undefined) return { ...nothingOf(standing), unknowns: unknownSet(standing, pairs) }
  const reference = linkOf(session.links, active)
  const silent = await findSilent(session.links, snapshot, [
    reference,
    ...new Set(pairs.map(pair => pair.server)),
  ])
  const answering = pairs.filter(({ server }) => !silent.has(server.server.name) && !silent.has(active))
  const measure = { active, term }
  const compared = await compareContent(session.links, {
    reference,
    pairs: answering,
    believed: believe(remembered, measure, snapshot),
  })
  const { equal, transfers } = compared
  const unequal = compared.differences.filter(({ difference }) => difference.kind !== 'content-unknown')
  return {
    standing,
    equal,
    differences: await describeDifferences(session, snapshot, { reference, pairs, unequal }),
    unknowns: [
      ...unknownServer(pairs, silent, active),
      ...unknownContents(
        compared.differences.filter(({ difference }) => difference.kind === 'content-unknown'),
      ),
    ],
    transfers,
    verified: remember(measure, equal, snapshot),
  }
}

/** Every zone of the set, on every server that is not its active. */
function pairsOf({ links, rendered }: Session, { set, active }: SetStanding): readonly ContentPair[] {
  return links.servers
    .filter(({ server }) => server.name !== active && server.sets.includes(set))
    .flatMap(server =>
      (rendered.get(server.server.name)?.zones ?? [])
        .filter(zone => zone.set === set)
        .map(zone => ({ server, zone })),
    )
}

function nothingOf(standing: SetStanding): SetOutcome {
  return { standing, equal: [], differences: [], unknowns: [], transfers: 0, verified: undefined }
}

/** A set that could not be verified is forgotten. */
function memoryOf(outcomes: readonly SetOutcome[]): VerifiedMemory {
  return new Map(
    outcomes.flatMap(({ standing, verified }) =>
      verified === undefined ? [] : [[standing.set, verified] as const],
    ),
  )
}

type Verification = {
  readonly session: Session
  readonly taken: Instant
  readonly elapsedMs: number
  readonly believed: VerifyDocument['believed']
  readonly outcomes: readonly SetOutcome[]
  readonly warnings: readonly Problem[]
}

function documentOf(verification: Verification): VerifyDocument {
  const { session, taken, elapsedMs, believed, outcomes, warnings } = verification
  const differences = outcomes.flatMap(outcome => outcome.differences)
  const unknowns = outcomes.flatMap(outcome => outcome.unknowns)
  return {
    version: 1,
    document: 'verify',
    fleet: session.fleet.name,
    taken,
    elapsedMs: Math.round(elapsedMs),
    well: differences.length === 0 && unknowns.length === 0,
    believed,
    transfers: outcomes.reduce((sum, { transfers }) => sum + transfers, 0),
    sets: outcomes.map(({ standing: { set, active, term } }) => ({ set, active: active ?? null, term })),
    servers: countServers(session, outcomes),
    differences,
    unknowns,
    warnings,
  }
}

function countServers({ fleet }: Session, outcomes: readonly SetOutcome[]): readonly ServerVerification[] {
  const equal = countBy(outcomes.flatMap(outcome => outcome.equal))
  const different = countBy(outcomes.flatMap(outcome => outcome.differences))
  const unknowns = outcomes.flatMap(outcome => outcome.unknowns)
  return fleet.servers.map(({ name }) => {
    const counts = {
      equal: equal.get(name) ?? 0,
      different: different.get(name) ?? 0,
      unknown: unknowns.reduce((sum, { server, zones }) => sum + (server === name ? zones.length : 0), 0),
    }
    return { server: name, zones: counts.equal + counts.different + counts.unknown, ...counts }
  })
}

function countBy(things: readonly { readonly server: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { server } of things) counts.set(server, (counts.get(server) ?? 0) + 1)
  return counts
}
