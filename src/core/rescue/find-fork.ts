import { compareSerials, type Serial } from '../base/index.ts'
import { canonicalRdata } from '../dns/index.ts'
import type { JournalChange, WireRecord } from '../zonefile/index.ts'
import type { ForkRecord } from './fork-record.ts'

/** The last serial that a deposed server had in common with the one that took over. */
export type Fork =
  /** As the failover that began this term wrote it down. */
  | { readonly kind: 'recorded'; readonly serial: Serial; readonly term: number }
  /** Up to here the journals of both say the same. */
  | { readonly kind: 'matched'; readonly serial: Serial }
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

/**
 * Where nobody wrote the fork down: both journals are followed from the first serial that is in both, for as long as they
 * say the same. Journals that differ at once prove nothing, unless the saved one begins there: what came before may differ too.
 */
export function matchFork(saved: readonly JournalChange[], active: readonly JournalChange[]): Fork {
  const activeFrom = new Map(active.map(change => [change.from, change]))
  const start = saved.findIndex(({ from }) => activeFrom.has(from))
  const first = saved[start]
  const last = saved.at(-1)
  if (last !== undefined && active[0]?.from === last.to) return { kind: 'matched', serial: last.to }
  if (first === undefined)
    return { kind: 'unknown', because: 'the journals of the two servers have no serial in common' }
  const common = saved.slice(start).findIndex(change => !isSame(change, activeFrom.get(change.from)))
  const differing = common === -1 ? undefined : saved[start + common]
  if (differing === undefined) return { kind: 'matched', serial: saved.at(-1)?.to ?? first.from }
  if (common === 0 && start > 0)
    return {
      kind: 'unknown',
      because: `the journals differ from the first serial on that both have, ${first.from}`,
    }
  return { kind: 'matched', serial: differing.from }
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
