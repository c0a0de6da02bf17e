/** A table of all that can follow from looking at a fleet: long, because a row has all that is said of its kind. */

import { countOf, type Failure, listFew } from '../base/index.ts'
import { type Fleet, rndcCommand, rndcZones } from '../fleet/index.ts'
import { forksInWords, remedyForTwo, type TwoActives } from './explain-two-actives.ts'
import { exposedInWords, exposedRemedy } from './exposed.ts'
import { foreignInWords, foreignRemedy, type SaidName } from './foreign.ts'
import { type RemovedPeer, removedInWords, removedRemedy } from './removed-peer.ts'
import type { SeenExposure, SeenLock, SeenMarker, SeenStanding } from './snapshot.ts'

/** What a kind of verdict is: the fields its verdicts have, and all that is said of them. */
type VerdictRow<Fields> = {
  /** What it means and what to do about it, for the manual. */
  readonly meaning: string
  readonly remedy: string
  /** A notice is settled by an edit or a push, whenever it comes; all else wants a person. */
  readonly severity?: 'notice'
  readonly because: (verdict: Fields, fleet: Fleet) => string
  /** Where the manual does not know enough: servers and zones have names, and rndc an address and a key. */
  readonly remedyFor?: (verdict: Fields, fleet: Fleet) => string | undefined
}

const LOOK = 'See whether named runs there and whether its address and ports in baton.yaml are right.'

const row = <Fields>(kind: VerdictRow<Fields>): VerdictRow<Fields> => kind

type OnServer = { readonly server: string }
type OnSet = OnServer & { readonly set: string }
type Failing = { readonly failure: Failure }
type Removed = OnServer & { readonly peer: RemovedPeer }

/** What is wrong with some zones of one server. */
export type OnZones = OnServer & {
  /** By `zoneId`, in the order of the sources. */
  readonly zones: readonly string[]
}

type ServerUnseen = OnServer &
  Failing & {
    /** Where another peer is active for a set of it: which, and how this one stood as far as its state file tells. */
    readonly replaced?: { readonly active: string; readonly was: 'active' | 'standby' | 'unknown' }
  }

/** The code of each is `snapshot.KIND`. */
export const VERDICTS = {
  'server-unseen': row<ServerUnseen>({
    meaning:
      'Neither the statistics channel nor DNS told which zones this server has, so nothing is known of it. It is never counted as well.',
    remedy: `${LOOK} If it is the active one and stays away: \`baton failover\`; where no peer answers, start named on one first, best on the one that was active last.`,
    because: ({ failure }) => failure.because,
    remedyFor: (verdict, fleet) =>
      fleet.servers.some(({ name, kind }) => name === verdict.server && kind === 'secondary')
        ? `${LOOK} Until it is back, a switchover takes \`--without ${verdict.server}\`.`
        : remedyForReplaced(verdict),
  }),
  'control-unseen': row<OnServer & Failing>({
    meaning:
      'The rndc control channel did not answer, or refused the key. Queries may well be answered; nothing can be changed.',
    remedy:
      'Compare the controls statement on the server with rndc in baton.yaml: address, port, key and allow list.',
    because: ({ failure }) => failure.because,
    remedyFor: ({ failure }) => failure.remedy,
  }),
  'files-unseen': row<OnServer & Failing>({
    meaning:
      'The configuration folder of this server could not be read, so drift, locks and its recorded role are unknown.',
    remedy: 'Check that Baton may reach and read the folder named in baton.yaml.',
    because: ({ failure }) => failure.because,
  }),
  'configuration-refused': row<OnServer>({
    meaning: 'named refused the configuration it was last given and goes on with the one before it.',
    remedy:
      'Run `named-checkconf -z` on the server, fix what it names, and `rndc reconfig`; `baton diff` shows what differs.',
    because: () => 'named refused its last configuration and runs on with the one before',
    remedyFor: ({ server }, fleet) =>
      `Run \`named-checkconf -z\` on the server, fix what it names, then \`${rndcCommand(fleet, server, 'reconfig')}\`; \`baton diff\` shows what differs.`,
  }),
  'configuration-drifted': row<OnServer & { readonly paths: readonly string[] }>({
    meaning: 'Files on this server are not what Baton would write. The next push or switchover would refuse.',
    remedy:
      '`baton diff` shows the difference. Take it over into the fleet folder, or put the files back with `baton push`.',
    because: ({ paths }) => `${filesInWords(paths)} not as rendered`,
    remedyFor: ({ server, paths }) =>
      paths.every(path => OF_TERM.test(path)) ? remedyForTerm(server) : undefined,
  }),
  'files-exposed': row<OnServer & { readonly exposures: readonly SeenExposure[] }>({
    meaning:
      'A user other than root could change what the guard of this server executes or installs, or read a key: a file or folder has the wrong owner or mode. Whoever is `bind` there could become root. The guard lets named start as standby.',
    remedy:
      '`baton push`, as root, sets owners and modes right; so does `baton guard install` for a peer. See who changed them.',
    because: ({ exposures }) => exposedInWords(exposures),
    remedyFor: ({ exposures }) => exposedRemedy(exposures),
  }),
  'role-unknown': row<OnSet & Failing>({
    meaning: 'The marker zone of this peer gave no usable answer, so it is not known whether it is active.',
    remedy:
      'Look at `baton/state` and `named.conf` on the peer. While a role is unknown nothing is promoted.',
    because: ({ failure }) => `its marker cannot be read: ${failure.because}`,
  }),
  'marker-contradicts': row<OnSet & { readonly marker: SeenMarker; readonly zones: readonly string[] }>({
    meaning: 'The marker of this peer names one role, and the types of its zones are those of the other.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. Otherwise install the right named.conf and `rndc reconfig`.',
    because: ({ marker, zones }) =>
      `its marker says ${marker.role}, but ${zonesInWords(zones)} ${zones.length === 1 ? 'is' : 'are'} not`,
  }),
  'state-contradicts': row<OnSet & { readonly marker: SeenMarker; readonly state: SeenStanding | undefined }>(
    {
      meaning: 'The recorded role or term (`baton/state`) of this peer is not what its marker answers.',
      remedy:
        'If a run is unfinished, `baton resume` or `baton rollback`. Otherwise `baton diff` shows which file was changed.',
      because: ({ marker, state }) =>
        `its marker says ${marker.role} in term ${marker.term}, its state file ${
          state === undefined ? 'nothing' : `${state.role} in term ${state.term}`
        }`,
    },
  ),
  'foreign-fleet': row<OnServer & { readonly says: SaidName }>({
    meaning: 'This server says that it belongs to another fleet, or that it is another server.',
    remedy: 'Check address and port in baton.yaml. Baton changes nothing on a server of another fleet.',
    because: ({ server, says }, fleet) => foreignInWords(fleet, server, says),
    remedyFor: ({ server, says }, fleet) => foreignRemedy(fleet, server, says),
  }),
  'no-active': row<{ readonly set: string }>({
    meaning: 'No peer is active for this zone set: updates are refused everywhere.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. If the active is gone, `baton failover`. If all came up as standby, as after a power cut: stop named on one, and `baton failover --from` it `--to` the one that was active.',
    because: () => 'no peer is active, so no update is accepted anywhere',
  }),
  'two-actives': row<TwoActives>({
    meaning:
      'Two peers are active for the same zones. Both may accept updates, and each update makes their content differ more.',
    remedy:
      'The higher term is right; where terms are equal, the one whose own record (`baton/state`) says active, because the other was switched by hand. `baton resolve --keep SERVER` saves what the other one alone has and makes it a standby; until then `rndc freeze` on the other keeps it from taking more updates.',
    because: ({ actives, forks }) =>
      `${actives.map(activeInWords).join(' and ')} are ${actives.length === 2 ? 'both' : 'all'} active: ${forksInWords(forks)}`,
    remedyFor: (verdict, fleet) => remedyForTwo(fleet, verdict),
  }),
  'term-behind': row<
    OnSet & {
      readonly role: SeenMarker['role']
      /** Who knows the newest term. */
      readonly knownBy: readonly string[]
      readonly term: number
      readonly termNewest: number
    }
  >({
    meaning: 'This peer has not learned of the last promotion. After a reboot it would judge by an old term.',
    remedy: 'If a run is unfinished, `baton resume`. Otherwise `baton push` writes the newest term.',
    because: ({ term, termNewest }) => `it knows term ${term}, the newest is ${termNewest}`,
    remedyFor: ({ server, role, knownBy }) =>
      role === 'active'
        ? `If somebody made it active by hand, \`baton rejoin ${knownBy[0]}\` settles it in a term above both. If its disk was put back to an earlier state, stop its named, and \`baton failover --from ${server}\`.`
        : undefined,
  }),
  'term-went-back': row<
    OnSet & {
      readonly role: 'active' | 'standby'
      readonly term: number
      /** The one that it was in before. */
      readonly termReached: number
    }
  >({
    meaning:
      'The history of the fleet has this peer in a newer term than the one it names: its disk or its whole machine was put back to an earlier state, a snapshot or a backup.',
    remedy:
      'If it is active, stop its named and let another take over. `baton rejoin` brings it back behind the active.',
    because: ({ role, term, termReached }) =>
      `it was in term ${termReached} and says ${role} in term ${term}: its disk or its machine was restored to an earlier state`,
    remedyFor: ({ server, role }) =>
      role === 'active'
        ? `Stop its named first: it takes updates that collide with newer ones. Where another peer is active, \`baton rejoin ${server}\`; otherwise \`baton failover --from ${server}\`, then rejoin it.`
        : `\`baton push\` if its files drifted, then \`baton rejoin ${server}\`: its zones come anew from the active.`,
  }),
  'record-missing': row<OnServer>({
    meaning:
      'This peer does not say which fleet folder was pushed last. A failover then has to render the fleet folder, and a stale checkout is not found.',
    remedy: '`baton push` writes it.',
    severity: 'notice',
    because: () => 'it has no record of the last push, which an older Baton made',
  }),
  'record-unseen': row<OnServer & Failing>({
    meaning: 'What this peer has of the last push cannot be read, or was written by a newer Baton.',
    remedy: 'Compare `baton/pushed` with that of another peer: it is the same on all.',
    because: ({ failure }) => failure.because,
    remedyFor: ({ failure }) => failure.remedy,
  }),
  'configuration-outdated': row<
    OnServer & {
      readonly paths: readonly string[]
      /** The version of Baton that pushed last. */
      readonly baton: string
    }
  >({
    meaning:
      'The files on this server are those of the last push, and the fleet folder is the same; but this Baton, or the release that named runs now, renders them differently. Every operation goes by the files that are there.',
    remedy: '`baton push` brings them up to date, when it suits you.',
    severity: 'notice',
    because: ({ paths, baton }) =>
      `${filesInWords(paths)} as Baton ${baton} rendered them; this Baton renders them differently`,
  }),
  'folder-behind': row<{
    readonly fleet: string
    /** In which state the fleet folder is, and which was pushed last. */
    readonly because: string
  }>({
    meaning:
      'What was pushed last is neither this fleet folder nor a state that it was made from. A push from it is refused.',
    remedy: 'Bring the folder up to date. `baton diff` shows in what it differs from the servers.',
    because: ({ because }) => because,
  }),
  'removed-named': row<
    Removed & {
      /** The lines of `baton.yaml` that name it all the same. */
      readonly lines: readonly number[]
    }
  >({
    meaning:
      'A peer was removed from the fleet for good, and baton.yaml names it all the same. Nothing is done with it.',
    remedy: 'Take it out of baton.yaml, then `baton push`. A new machine gets a name of its own.',
    severity: 'notice',
    because: removedInWords,
    remedyFor: ({ server, lines }) => removedRemedy(server, lines),
  }),
  'removed-active': row<Removed>({
    meaning:
      'A peer that was removed from the fleet for good is there again, and says that it is active: two servers may take writes, and nothing carries over what this one takes.',
    remedy:
      'Stop its named at once, and keep it from starting. What it took alone is in its zone files and journals: keep them, and replay what you need.',
    because: removedInWords,
  }),
  'zones-missing': row<OnZones>({
    meaning: 'named on this server does not have zones that the fleet says it should have.',
    remedy: '`baton diff`, then `baton push`. If the files agree, `rndc reconfig` on the server.',
    because: ({ zones }) => `${zonesInWords(zones)} not configured in named`,
    remedyFor: ({ server }, fleet) =>
      `\`baton diff\`, then \`baton push\`. If the files agree: \`${rndcCommand(fleet, server, 'reconfig')}\`.`,
  }),
  'zones-unloaded': row<OnZones>({
    meaning: 'Zones are configured but not loaded; queries for them get SERVFAIL.',
    remedy:
      "named's log says why, zone by zone: often a missing file, a syntax error, or a file in another format.",
    because: ({ zones }) => `${zonesInWords(zones)} not loaded, answering SERVFAIL`,
  }),
  'zones-expired': row<OnZones>({
    meaning:
      'A secondary has not reached any primary for longer than the SOA expire time and has stopped answering for these zones.',
    remedy: 'Find out why no primary of the zone answers it. `rndc retransfer ZONE` once one does.',
    because: ({ zones }) => `${zonesInWords(zones)} expired, answering SERVFAIL`,
    remedyFor: (verdict, fleet) =>
      `Find out why no primary answers it; once one does: \`${rndcZones(fleet, verdict.server, { verb: 'retransfer', zones: verdict.zones })}\`.`,
  }),
  'zones-mistyped': row<OnZones>({
    meaning: 'Zones are primary where the role of the server says secondary, or the other way round.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. Otherwise `rndc reconfig` makes named read its file.',
    because: ({ zones }) => `${zonesInWords(zones)} of the wrong type for this role`,
    remedyFor: ({ server }, fleet) =>
      `\`${rndcCommand(fleet, server, 'reconfig')}\` makes named read its files; \`baton diff\` shows what was changed in them.`,
  }),
  'zones-frozen': row<OnZones>({
    meaning:
      'Zones of the active are frozen although no run holds the fleet: every update of them is refused. Somebody froze them to edit a file and forgot them, or a run that is gone left them so.',
    remedy:
      'Ask who froze them and why, then `rndc thaw ZONE`; named reads the file of a zone that is thawed.',
    because: ({ zones }) =>
      `${zonesInWords(zones)} frozen, refusing every update, and no run holds the fleet`,
    remedyFor: ({ server, zones }, fleet) =>
      `Ask who froze them and why: somebody may be editing a file. Then \`${rndcZones(fleet, server, { verb: 'thaw', zones })}\`.`,
  }),
  'serials-went-back': row<OnZones>({
    meaning:
      'The active has older zones than every other server: it was probably restored from a snapshot or backup, or promoted before it had caught up. No server transfers from one that has less, and its new updates take serials that others gave to something else.',
    remedy:
      'Freeze it at once and compare (`baton verify`). Then stop its named, `baton failover`, and `baton rejoin`: the newest copies of all survivors count.',
    because: ({ zones }) =>
      `${zonesInWords(zones)} older than on every other server: it was probably restored from a snapshot or backup, or promoted before it had caught up`,
    remedyFor: ({ server }, fleet) =>
      `\`${rndcCommand(fleet, server, 'freeze')}\` at once: what it takes now collides with what the others have. \`baton verify\` shows the difference. Then stop its named, \`baton failover --from ${server}\`, and \`baton rejoin ${server}\`.`,
  }),
  'serials-behind': row<OnZones>({
    meaning:
      'Zones on this server have an older serial than on the active. For some seconds after an update that is how it should be.',
    remedy:
      'If it lasts: `rndc refresh ZONE` on the server, and its log about transfers and NOTIFY (category xfer-in, notify).',
    because: ({ zones }) => `${zonesInWords(zones)} behind the active, and not moving`,
    remedyFor: ({ server, zones }, fleet) =>
      `It asks again at its next refresh; at once with \`${rndcZones(fleet, server, { verb: 'refresh', zones })}\`. If that does not help, see its log (category xfer-in, notify).`,
  }),
  'serials-ahead': row<OnZones>({
    meaning:
      'Zones on this server have a newer serial than the active: it holds something that the active never had.',
    remedy: 'Do not promote or retransfer before you know what it is: compare with `dig axfr` from both.',
    because: ({ zones }) => `${zonesInWords(zones)} newer than on the active`,
  }),
  'serials-incomparable': row<OnZones>({
    meaning: 'Two serials are exactly 2^31 apart, so neither is newer (RFC 1982 section 3.2).',
    remedy:
      'Raise the serial on the active by less than 2^31, or `rndc retransfer ZONE` on the other server.',
    because: ({ zones }) =>
      `${zonesInWords(zones)} with a serial exactly 2^31 away from the active’s, so neither is newer`,
    remedyFor: ({ server, zones }, fleet) =>
      `Raise the serial on the active by less than 2^31, or \`${rndcZones(fleet, server, { verb: 'retransfer', zones })}\`.`,
  }),
  'run-unfinished': row<{ readonly lock: SeenLock; readonly servers: readonly string[] }>({
    meaning: 'An operation holds the lock of the fleet. It is still running, or it died on the way.',
    remedy:
      'If it died: `baton resume` takes it to its end, `baton rollback` takes it back, as far as that is possible.',
    because: ({ lock, servers }) =>
      `${lock.operation} by ${lock.holder} since ${lock.since} holds ${servers.join(', ')}`,
  }),
} as const satisfies Readonly<Record<string, unknown>>

/** A verdict is one line on a screen of them. */
const FEW = { max: 3 }

/** What a promotion changes on a peer, besides the configuration that it runs. */
const OF_TERM = /\/baton\/(state|marker\/[^/]+)$/

/** A peer that was away while another one was promoted is not to be fixed by files alone. */
function remedyForTerm(server: string): string {
  return `Was it away while another peer was promoted? \`baton rejoin ${server}\` tells it the term, and compares what it holds. Otherwise \`baton diff\`, then \`baton push\`.`
}

/** Where another peer took over, failover is behind us; nothing where nobody did. */
function remedyForReplaced({ server, replaced }: ServerUnseen): string | undefined {
  if (replaced === undefined) return undefined
  if (replaced.was === 'standby') return `${LOOK} ${replaced.active} is active and goes on without it.`
  const rejoined = `\`baton rejoin ${server}\` when it returns makes it a standby of ${replaced.active}`
  return replaced.was === 'active'
    ? `${replaced.active} is active in its place. ${rejoined}, and saves what it alone has; start its named no other way than through its guard.`
    : `${LOOK} ${replaced.active} is active. If ${server} was active before: ${rejoined}.`
}

/** `baton diff` shows them all. */
function filesInWords(paths: readonly string[]): string {
  return `${listFew(paths, FEW)} ${paths.length === 1 ? 'is' : 'are'}`
}

function activeInWords(marker: SeenMarker): string {
  return `${marker.server} (term ${marker.term}, since ${marker.since})`
}

function zonesInWords(zones: readonly string[]): string {
  return `${countOf(zones.length, 'zone')} (${listFew(zones, FEW)})`
}
