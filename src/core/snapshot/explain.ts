import { CODES, type Code, countOf, listFew, unreachable } from '../base/index.ts'
import { type Fleet, rndcCommand, rndcZones } from '../fleet/index.ts'
import { forksInWords, remedyForTwo } from './explain-two-actives.ts'
import { exposedInWords, exposedRemedy } from './exposed.ts'
import { foreignInWords, foreignRemedy } from './foreign.ts'
import { removedInWords, removedRemedy } from './removed-peer.ts'
import type { SeenMarker } from './snapshot.ts'
import type { Verdict, ZoneVerdict, ZoneVerdictKind } from './verdict.ts'

/** A verdict in words. A notice passes by itself; a problem wants a person. */
export type Explanation = {
  readonly code: Code
  readonly severity: 'problem' | 'notice'
  /** The server or zone set it is about. */
  readonly subject: string
  readonly because: string
  readonly remedy: string
  /** By `zoneId`; empty when it is not about zones. */
  readonly zones: readonly string[]
}

/** A verdict is one line on a screen of them. */
const FEW = { max: 3 }

/** A zone may lag this long before lagging is a problem: NOTIFY, a refresh, a large transfer. In milliseconds. */
export const LAG_MAX_MS = 60_000

/** `lastedMs`: for how long it has been so, as far as anybody saw. */
export function explain(fleet: Fleet, verdict: Verdict, lastedMs = 0): Explanation {
  const code = `snapshot.${verdict.kind}` as const
  const isPassing = verdict.kind === 'serials-behind' && lastedMs <= LAG_MAX_MS
  return {
    code,
    severity: isPassing || NOTICES.has(verdict.kind) ? 'notice' : 'problem',
    subject: subjectOf(verdict),
    because: isPassing ? CATCHING_UP : becauseOf(fleet, verdict),
    remedy: remedyOf(fleet, verdict) ?? CODES[code].remedy,
    zones: zonesOf(verdict),
  }
}

/** What an edit or a push settles, whenever it comes. */
const NOTICES: ReadonlySet<Verdict['kind']> = new Set([
  'record-missing',
  'configuration-outdated',
  'removed-named',
])

/** The same of every server, so that many of them are told in one line; how many zones there are stands in the table. */
const CATCHING_UP = 'catching up with the active; no fault unless it lasts a minute'

function zonesOf(verdict: Verdict): readonly string[] {
  if (verdict.kind === 'two-actives') return verdict.forks.map(({ zone }) => zone)
  return 'zones' in verdict ? verdict.zones : []
}

/** The server, zone set or run that a verdict is about. */
export function subjectOf(verdict: Verdict): string {
  if ('server' in verdict) return verdict.server
  if ('fleet' in verdict) return verdict.fleet
  return 'set' in verdict ? verdict.set : verdict.lock.run
}

function becauseOf(fleet: Fleet, verdict: Verdict): string {
  switch (verdict.kind) {
    case 'server-unseen':
    case 'control-unseen':
    case 'files-unseen':
    case 'record-unseen':
      return verdict.failure.because
    case 'record-missing':
      return 'it has no record of the last push, which an older Baton made'
    case 'configuration-outdated':
      return `${filesInWords(verdict.paths)} as Baton ${verdict.baton} rendered them; this Baton renders them differently`
    case 'folder-behind':
      return verdict.because
    case 'removed-named':
    case 'removed-active':
      return removedInWords(verdict)
    case 'role-unknown':
      return `its marker cannot be read: ${verdict.failure.because}`
    case 'configuration-refused':
      return 'named refused its last configuration and runs on with the one before'
    case 'configuration-drifted':
      return `${filesInWords(verdict.paths)} not as rendered`
    case 'files-exposed':
      return exposedInWords(verdict.exposures)
    case 'marker-contradicts':
      return `its marker says ${verdict.marker.role}, but ${inWords(verdict.zones)} ${verdict.zones.length === 1 ? 'is' : 'are'} not`
    case 'state-contradicts':
      return `its marker says ${verdict.marker.role} in term ${verdict.marker.term}, its state file ${
        verdict.state === undefined ? 'nothing' : `${verdict.state.role} in term ${verdict.state.term}`
      }`
    case 'foreign-fleet':
      return foreignInWords(fleet, verdict.server, verdict.says)
    case 'no-active':
      return 'no peer is active, so no update is accepted anywhere'
    case 'two-actives':
      return `${verdict.actives.map(activeInWords).join(' and ')} are ${verdict.actives.length === 2 ? 'both' : 'all'} active: ${forksInWords(verdict.forks)}`
    case 'term-behind':
      return `it knows term ${verdict.term}, the newest is ${verdict.termNewest}`
    case 'term-went-back':
      return `it was in term ${verdict.termReached} and says ${verdict.role} in term ${verdict.term}: its disk or its machine was restored to an earlier state`
    case 'run-unfinished':
      return `${verdict.lock.operation} by ${verdict.lock.holder} since ${verdict.lock.since} holds ${verdict.servers.join(', ')}`
    case 'zones-missing':
    case 'zones-unloaded':
    case 'zones-expired':
    case 'zones-mistyped':
    case 'zones-frozen':
    case 'serials-went-back':
    case 'serials-behind':
    case 'serials-ahead':
    case 'serials-incomparable':
      return `${inWords(verdict.zones)} ${ZONE_WORDS[verdict.kind]}`
    default:
      return unreachable(verdict)
  }
}

const ZONE_WORDS: Readonly<Record<ZoneVerdictKind, string>> = {
  'zones-missing': 'not configured in named',
  'zones-unloaded': 'not loaded, answering SERVFAIL',
  'zones-expired': 'expired, answering SERVFAIL',
  'zones-mistyped': 'of the wrong type for this role',
  'zones-frozen': 'frozen, refusing every update, and no run holds the fleet',
  'serials-went-back':
    'older than on every other server: it was probably restored from a snapshot or backup, or promoted before it had caught up',
  'serials-behind': 'behind the active, and not moving',
  'serials-ahead': 'newer than on the active',
  'serials-incomparable': '2^31 away from the active, so neither is newer',
}

/** Only where the page of the manual does not know enough: servers and zones have names, and rndc an address and a key. */
function remedyOf(fleet: Fleet, verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case 'two-actives':
      return remedyForTwo(fleet, verdict)
    case 'configuration-drifted':
      return verdict.paths.every(path => OF_TERM.test(path)) ? remedyForTerm(verdict.server) : undefined
    case 'files-exposed':
      return exposedRemedy(verdict.exposures)
    case 'foreign-fleet':
      return foreignRemedy(fleet, verdict.server, verdict.says)
    case 'term-behind':
      return verdict.role === 'active'
        ? `If somebody made it active by hand, \`baton rejoin ${verdict.knownBy[0]}\` settles it in a term above both. If its disk was put back to an earlier state, stop its named, and \`baton failover --from ${verdict.server}\`.`
        : undefined
    case 'term-went-back':
      return verdict.role === 'active'
        ? `Stop its named first: it takes updates that collide with newer ones. Where another peer is active, \`baton rejoin ${verdict.server}\`; otherwise \`baton failover --from ${verdict.server}\`, then rejoin it.`
        : `\`baton push\` if its files drifted, then \`baton rejoin ${verdict.server}\`: its zones come anew from the active.`
    case 'serials-went-back':
      return `\`${rndcCommand(fleet, verdict.server, 'freeze')}\` at once: what it takes now collides with what the others have. \`baton verify\` shows the difference. Then stop its named, \`baton failover --from ${verdict.server}\`, and \`baton rejoin ${verdict.server}\`.`
    case 'server-unseen':
      return fleet.servers.some(({ name, kind }) => name === verdict.server && kind === 'secondary')
        ? `See whether named runs there and whether its address and ports in baton.yaml are right. Until it is back, a switchover takes \`--without ${verdict.server}\`.`
        : remedyForReplaced(verdict)
    case 'configuration-refused':
      return `Run \`named-checkconf -z\` on the server, fix what it names, then \`${rndcCommand(fleet, verdict.server, 'reconfig')}\`; \`baton diff\` shows what differs.`
    case 'zones-missing':
      return `\`baton diff\`, then \`baton push\`. If the files agree: \`${rndcCommand(fleet, verdict.server, 'reconfig')}\`.`
    case 'zones-mistyped':
      return `\`${rndcCommand(fleet, verdict.server, 'reconfig')}\` makes named read its files; \`baton diff\` shows what was changed in them.`
    case 'zones-frozen':
      return `Ask who froze them and why: somebody may be editing a file. Then \`${zonesCommand(fleet, 'thaw', verdict)}\`.`
    case 'zones-expired':
      return `Find out why no primary answers it; once one does: \`${zonesCommand(fleet, 'retransfer', verdict)}\`.`
    case 'serials-behind':
      return `It asks again at its next refresh; at once with \`${zonesCommand(fleet, 'refresh', verdict)}\`. If that does not help, see its log (category xfer-in, notify).`
    case 'serials-incomparable':
      return `Raise the serial on the active by less than 2^31, or \`${zonesCommand(fleet, 'retransfer', verdict)}\`.`
    case 'removed-named':
      return removedRemedy(verdict.server, verdict.lines)
    case 'control-unseen':
    case 'record-unseen':
      return verdict.failure.remedy
    case 'record-missing':
    case 'configuration-outdated':
    case 'folder-behind':
    case 'removed-active':
    case 'files-unseen':
    case 'role-unknown':
    case 'marker-contradicts':
    case 'state-contradicts':
    case 'no-active':
    case 'run-unfinished':
    case 'zones-unloaded':
    case 'serials-ahead':
      return undefined
  }
}

/** What a promotion changes on a peer, besides the configuration that it runs. */
const OF_TERM = /\/baton\/(state|marker\/[^/]+)$/

/** A peer that was away while another one was promoted is not to be mended by files alone. */
function remedyForTerm(server: string): string {
  return `Was it away while another peer was promoted? \`baton rejoin ${server}\` tells it the term, and compares what it holds. Otherwise \`baton diff\`, then \`baton push\`.`
}

function zonesCommand(fleet: Fleet, verb: string, { server, zones }: ZoneVerdict): string {
  return rndcZones(fleet, server, { verb, zones })
}

/** Where another peer took over, failover is behind us; nothing where nobody did. */
function remedyForReplaced({
  server,
  replaced,
}: Extract<Verdict, { kind: 'server-unseen' }>): string | undefined {
  if (replaced === undefined) return undefined
  const look = 'See whether named runs there and whether its address and ports in baton.yaml are right.'
  if (replaced.was === 'standby') return `${look} ${replaced.active} is active and goes on without it.`
  const rejoined = `\`baton rejoin ${server}\` when it returns makes it a standby of ${replaced.active}`
  return replaced.was === 'active'
    ? `${replaced.active} is active in its place. ${rejoined}, and saves what it alone has; start its named no other way than through its guard.`
    : `${look} ${replaced.active} is active. If ${server} was active before: ${rejoined}.`
}

/** `baton diff` shows them all. */
function filesInWords(paths: readonly string[]): string {
  return `${listFew(paths, FEW)} ${paths.length === 1 ? 'is' : 'are'}`
}

function activeInWords(marker: SeenMarker): string {
  return `${marker.server} (term ${marker.term}, since ${marker.since})`
}

function inWords(zones: readonly string[]): string {
  return `${countOf(zones.length, 'zone')} (${listFew(zones, FEW)})`
}
