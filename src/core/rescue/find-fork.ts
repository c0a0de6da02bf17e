import { compareSerials, invariant, type Serial } from '../base/index.ts'
import { canonicalRdata } from '../dns/index.ts'
import type { JournalChange, WireRecord } from '../zonefile/index.ts'
import type { ForkRecord } from './fork-record.ts'

/** The last serial that a deposed server had in common with the one that took over. */
export type Fork =
  /** As the failover that began this term wrote it down. */
  | { readonly kind: 'recorded'; readonly serial: Serial; readonly term: number }
  /**
   * The last serial that both went through. Up to here their journals say the same; or it is the first that is in the active's,
   * which had the zone whole before, so that only its content can prove it.
   */
  | { readonly kind: 'matched'; readonly serial: Serial; readonly by: 'changes' | 'serial' }
  /** `because` fits after "because". */
  | { readonly kind: 'unknown'; readonly because: string }

/** Whose promotion ended whose term. */
export type Deposition = {
  readonly server: string
  readonly set: string
  /** The term in which the server was; nothing where it is not known. */
  readonly term: number | undefined
}

/**
 * The record of the failover that deposed a server: the first from it, in its own term or a later one. In its own term
 * where somebody told it the new term after it came back; where its term is not known, the last one counts.
 */
export function chooseForkRecord(
  records: readonly ForkRecord[],
  { server, set, term }: Deposition,
): ForkRecord | undefined {
  const from = records
    .filter(record => record.from === server && record.set === set)
    .toSorted((left, right) => left.term - right.term)
  return term === undefined ? from.at(-1) : from.find(record => record.term >= term)
}

/** What is known of a zone on the two servers, where nobody wrote the fork down. */
export type BothPaths = {
  readonly saved: readonly JournalChange[]
  /** Of the saved file, where there is no journal that can be believed. */
  readonly savedSerial: Serial | undefined
  readonly active: readonly JournalChange[]
  /** At which serial the active's zone is on its disk. */
  readonly activeSerial: Serial | undefined
}

/** Follows both journals from the first serial that is in both, for as long as they say the same. */
export function matchFork({ saved, savedSerial, active, activeSerial }: BothPaths): Fork {
  const activeFrom = new Map(active.map(change => [change.from, change]))
  const isOnActivePath = (serial: Serial) => activeFrom.has(serial) || serial === activeSerial
  const end = saved.at(-1)?.to ?? savedSerial
  const start = saved.findIndex(({ from }) => activeFrom.has(from))
  if (start === -1)
    return end !== undefined && isOnActivePath(end)
      ? { kind: 'matched', serial: end, by: 'serial' }
      : { kind: 'unknown', because: 'the two servers went through no serial in common' }
  const alike = saved.slice(start)
  const differing = alike.findIndex(change => !isSame(change, activeFrom.get(change.from)))
  const last = differing === -1 ? alike.at(-1)?.to : alike[differing]?.from
  invariant(last !== undefined, 'there is a change where both journals meet')
  return { kind: 'matched', serial: last, by: differing === 0 ? 'serial' : 'changes' }
}

function isSame(left: JournalChange, right: JournalChange | undefined): boolean {
  return (
    right !== undefined &&
    compareSerials(left.to, right.to) === 'same' &&
    keyOf(left.deleted) === keyOf(right.deleted) &&
    keyOf(left.added) === keyOf(right.added)
  )
}

/** The order of records in a change says nothing: a transfer sorts them. */
function keyOf(records: readonly WireRecord[]): string {
  return records
    .map(({ owner, type, ttl, rdata }) => `${owner} ${type} ${ttl} ${canonicalRdata(type, rdata)}`)
    .toSorted()
    .join('\n')
}
