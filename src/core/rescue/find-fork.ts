import { compareSerials, invariant, type Serial } from '../base/index.ts'
import { canonicalRdata } from '../dns/index.ts'
import type { JournalChange, WireRecord } from '../zonefile/index.ts'
import type { ForkRecord } from './fork-record.ts'

/** The last serial that a deposed server had in common with the one that took over. */
export type Fork =
  /** As it was written down, by the failover that took over or by the rejoin that came after it. */
  | { readonly kind: 'recorded'; readonly serial: Serial }
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

/** A failover's word on where a server was deposed, and what makes it believable. */
export type ForkNote = {
  readonly record: ForkRecord
  /**
   * `later`: it ended the term in which the server was. `same`: it began that term, and either the server was told the term
   * after it came back, or it took part in that term and became active in it again; then the fork is a later one.
   */
  readonly term: 'later' | 'same'
}

/**
 * The note of the failover that deposed a server: the first from it, in its own term or a later one. Where its term is not
 * known, the last one may be it.
 */
export function chooseForkNote(
  records: readonly ForkRecord[],
  { server, set, term }: Deposition,
): ForkNote | undefined {
  const from = records
    .filter(record => record.from === server && record.set === set)
    .toSorted((left, right) => left.term - right.term)
  const record = term === undefined ? from.at(-1) : from.find(each => each.term >= term)
  if (record === undefined) return undefined
  return { record, term: term !== undefined && record.term > term ? 'later' : 'same' }
}

/** What was saved of a zone after a serial, and what the active's journal says of it. */
export type AfterNote = {
  readonly serial: Serial
  readonly saved: readonly JournalChange[]
  /** Of the saved file, where there is no journal that can be believed. */
  readonly savedSerial: Serial | undefined
  readonly active: readonly JournalChange[]
}

/** Whether anything was saved from after a serial; serials without an order count as such. */
export function hasSavedAfter({ serial, saved, savedSerial }: Omit<AfterNote, 'active'>): boolean {
  const ends = [...saved.map(({ to }) => to), ...(savedSerial === undefined ? [] : [savedSerial])]
  return ends.some(end => mayFollow(serial, end))
}

/**
 * Whether a note may be believed. Where the two servers parted later, what they have in common goes on after it, so the first
 * serial from which both journals lead on tells: the same update further on, at the same serial by chance, was only sent to
 * both. A note from the server's own term tells only that there is nothing after it.
 */
export function isForkNoteBelievable(term: ForkNote['term'], after: AfterNote): boolean {
  if (!hasSavedAfter(after)) return true
  const { serial, saved, active } = after
  const activeFrom = new Map(active.map(change => [change.from, change]))
  const first = saved.find(({ from, to }) => mayFollow(serial, to) && activeFrom.has(from))
  return term === 'later' && (first === undefined || !isSame(first, activeFrom.get(first.from)))
}

/** The changes that do not stand in the other journal just so: with the same serials and the same records. */
export function withoutShared(
  changes: readonly JournalChange[],
  other: readonly JournalChange[],
): readonly JournalChange[] {
  const byFrom = new Map(other.map(change => [change.from, change]))
  return changes.filter(change => !isSame(change, byFrom.get(change.from)))
}

/** Of serials without an order the later one is taken for an orphan's: too much is told rather than too little. */
export function mayFollow(earlier: Serial, later: Serial): boolean {
  const order = compareSerials(earlier, later)
  return order === 'before' || order === 'incomparable'
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
  const isOnActivePath = (serial: Serial) =>
    activeFrom.has(serial) || serial === activeSerial || serial === active.at(-1)?.to
  const end = saved.at(-1)?.to ?? savedSerial
  const start = saved.findIndex(({ from }) => isOnActivePath(from))
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
