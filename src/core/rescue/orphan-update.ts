import type { DomainName } from '../base/index.ts'
import { type Change, type Prerequisite, RECORD_TYPES, type Update } from '../dns/index.ts'
import type { WireRecord } from '../zonefile/index.ts'
import type { PreparedSet } from './judge-orphans.ts'
import { keyOf } from './record-sets.ts'

/**
 * The update that replays an orphan. It is refused, whole, when any set that it touches is not as it was when it was
 * judged: nothing is forced.
 */
export function orphanUpdate(zone: DomainName, sets: readonly PreparedSet[]): Update {
  const prerequisites = [...sets.flatMap(prerequisitesOf), ...aliasPrerequisites(sets)]
  return { zone, prerequisites, changes: changesOf(zone, sets) }
}

function prerequisitesOf({ owner: name, type, before }: PreparedSet): readonly Prerequisite[] {
  if (before.length === 0) return [{ kind: 'set-absent', name, type }]
  return before.map(({ rdata }) => ({ kind: 'set-equals', name, type, rdata }))
}

/** What is added beside a CNAME is passed over without a word; so there must be none. */
function aliasPrerequisites(sets: readonly PreparedSet[]): readonly Prerequisite[] {
  const type = RECORD_TYPES.CNAME
  const touched = new Set(sets.filter(set => set.type === type).map(({ owner }) => owner))
  const owners = new Set(sets.filter(({ added }) => added.length > 0).map(({ owner }) => owner))
  return [...owners]
    .filter(owner => !touched.has(owner))
    .map(name => ({ kind: 'set-absent', name, type }) as const)
}

/**
 * What goes, goes first: an alias makes room. At the apex the new NS come first, since the last one is never deleted
 * (RFC 2136 section 3.4.2.4). A record of which only the TTL changes is added over itself.
 */
function changesOf(zone: DomainName, sets: readonly PreparedSet[]): readonly Change[] {
  const isApexNs = ({ owner, type }: WireRecord) => owner === zone && type === RECORD_TYPES.NS
  const added = sets.flatMap(set => set.added)
  const deleted = sets.flatMap(set => {
    const stays = new Set(set.added.map(keyOf))
    return set.deleted.filter(record => !stays.has(keyOf(record)))
  })
  return [
    ...added.filter(isApexNs).map(addition),
    ...deleted.map(
      ({ owner, type, rdata }) => ({ kind: 'delete-record', name: owner, type, rdata }) as const,
    ),
    ...added.filter(record => !isApexNs(record)).map(addition),
  ]
}

function addition({ owner, type, ttl, rdata }: WireRecord): Change {
  return { kind: 'add', name: owner, type, ttl, rdata }
}
