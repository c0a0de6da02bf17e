import { compareSerials, type DomainName, type Failure, type Serial } from '../base/index.ts'
import { RECORD_TYPES } from '../dns/index.ts'
import type { DiskSerial, JournalChange, WireRecord } from '../zonefile/index.ts'
import { type Fork, mayFollow, withoutShared } from './find-fork.ts'
import { forkNotInJournal, forkUnknown, journalCut, journalForeign, journalUnreadable } from './troubles.ts'

/** An update that a deposed server acknowledged and the new active never received. */
export type Orphan = {
  readonly from: Serial
  readonly to: Serial
  /** What an update changed, as its journal says; or all that a saved file differs in, of which no order is known. */
  readonly source: 'journal' | 'content'
  readonly deleted: readonly WireRecord[]
  readonly added: readonly WireRecord[]
}

/** How an orphan is told from the others of its zone. Of content there is one for each name. */
export function orphanId({ source, from, to, deleted, added }: Orphan): string {
  return source === 'journal' ? `${from}-${to}` : `${CONTENT}${[...deleted, ...added][0]?.owner ?? ''}`
}

const CONTENT = 'content '

/** Whether an `orphanId` is of what only the content told. */
export function isContentId(id: string): boolean {
  return id.startsWith(CONTENT)
}

/** What was saved of one zone. */
export type ZoneEvidence = {
  readonly zone: DomainName
  /** How the zone is named to a person. */
  readonly id: string
  readonly fork: Fork
  readonly journal: SavedJournal
  /** Of the saved file without its journal. */
  readonly file: DiskSerial
  /** The active's own journal: a change that stands in it is nobody's orphan. */
  readonly active: readonly JournalChange[]
  /** Whether the zone's server signs it, so that its keys are its own affair. */
  readonly signing: boolean
}

export type SavedJournal =
  | { readonly kind: 'absent' }
  /** `because` fits after "because". */
  | { readonly kind: 'unreadable'; readonly because: string }
  | { readonly kind: 'read'; readonly changes: readonly JournalChange[]; readonly complete: boolean }

/** The orphans of a zone, oldest first, and what stands in the way of knowing them all. */
export type ZoneOrphans = {
  readonly orphans: readonly Orphan[]
  /** What no journal tells of what was saved: only its content does. */
  readonly beyond: Beyond | undefined
  readonly troubles: readonly Failure[]
}

/** Serials between which there is more than a journal tells; nothing where they are not known. */
export type Beyond = {
  readonly from: Serial | undefined
  readonly to: Serial | undefined
  /** Whose content shows it: what the file has after its journal, or both together, where the journal begins too late. */
  readonly shownBy: 'file' | 'file-and-journal'
}

export function findZoneOrphans(evidence: ZoneEvidence): ZoneOrphans {
  const { fork, id } = evidence
  const { changes, troubles } = usableChanges(evidence)
  if (fork.kind === 'unknown') {
    if (changes.length === 0 && evidence.file.kind === 'absent')
      return { orphans: [], beyond: undefined, troubles }
    const to = changes.at(-1)?.to ?? serialOf(evidence.file)
    const beyond = { from: undefined, to, shownBy: 'file-and-journal' } as const
    return { orphans: [], beyond, troubles: [...troubles, forkUnknown(id, fork.because)] }
  }
  const after = changes.filter(({ to }) => mayFollow(fork.serial, to))
  const [first] = after
  const orphans = withoutShared(after, evidence.active).flatMap(change => orphanOf(change, evidence))
  const beyond = beyondJournal(evidence, after.at(-1)?.to ?? fork.serial)
  if (first === undefined || compareSerials(first.from, fork.serial) === 'same')
    return { orphans, beyond, troubles }
  return {
    orphans,
    beyond: beyond ?? { from: fork.serial, to: first.from, shownBy: 'file-and-journal' },
    troubles: [...troubles, forkNotInJournal(id, fork.serial, first)],
  }
}

/** The changes that can be believed: whole ones, of this zone. */
function usableChanges({ zone, id, journal }: ZoneEvidence): {
  readonly changes: readonly JournalChange[]
  readonly troubles: readonly Failure[]
} {
  if (journal.kind === 'absent') return { changes: [], troubles: [] }
  if (journal.kind === 'unreadable')
    return { changes: [], troubles: [journalUnreadable(id, journal.because)] }
  const stranger = journal.changes.find(change => change.zone !== undefined && change.zone !== zone)
  if (stranger?.zone !== undefined) return { changes: [], troubles: [journalForeign(id, stranger.zone)] }
  const { changes } = journal
  return { changes, troubles: journal.complete ? [] : [journalCut(id, changes.at(-1)?.to)] }
}

/** A file is written after its journal, so it holds more only where the journal is not there, or not whole. */
function beyondJournal({ journal, file }: ZoneEvidence, known: Serial): Beyond | undefined {
  if (journal.kind === 'read' && journal.complete && journal.changes.length > 0) return undefined
  if (file.kind === 'absent') return undefined
  if (file.kind === 'unreadable') return { from: known, to: undefined, shownBy: 'file' }
  return mayFollow(known, file.serial) ? { from: known, to: file.serial, shownBy: 'file' } : undefined
}

function serialOf(file: DiskSerial): Serial | undefined {
  return file.kind === 'serial' ? file.serial : undefined
}

/** What named makes by itself, and the SOA, would be refused in an update. Nothing else in it: nothing was lost. */
function orphanOf({ from, to, deleted, added }: JournalChange, { signing }: ZoneEvidence): readonly Orphan[] {
  const orphan = {
    from,
    to,
    source: 'journal' as const,
    deleted: deleted.filter(record => isPeoples(record, signing ? 'signed' : 'unsigned')),
    added: added.filter(record => isPeoples(record, signing ? 'signed' : 'unsigned')),
  }
  return orphan.deleted.length + orphan.added.length === 0 ? [] : [orphan]
}

const T = RECORD_TYPES
/** BIND's notes to itself on how far signing has come. */
const TYPE_PRIVATE = 65_534
const MADE_BY_NAMED: readonly number[] = [T.SOA, T.RRSIG, T.NSEC, T.NSEC3, TYPE_PRIVATE]
const MADE_WHERE_SIGNED: readonly number[] = [T.DNSKEY, T.CDS, T.CDNSKEY, T.NSEC3PARAM]

/** Whether a record is there because somebody wanted it, or because named signs the zone. */
export function isPeoples({ type }: Pick<WireRecord, 'type'>, zone: 'signed' | 'unsigned'): boolean {
  return !MADE_BY_NAMED.includes(type) && !(zone === 'signed' && MADE_WHERE_SIGNED.includes(type))
}
