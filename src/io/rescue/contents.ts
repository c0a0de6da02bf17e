import { compareSerials, type Failure, fail, ok, type Result, type Serial } from '../../core/base/index.ts'
import { fileUnreadable, RecordSets } from '../../core/rescue/index.ts'
import { type JournalChange, readRawRecords, type WireRecord } from '../../core/zonefile/index.ts'
import { transferRecords } from '../net/index.ts'
import { linkOf, viewKey } from '../observe/index.ts'
import { type RescuedZone, type RescueWorld, readActiveJournal } from './find-orphans.ts'
import type { SavedRescue } from './read-rescues.ts'
import { NO_JOURNAL, savedPath } from './saved-files.ts'

const TRANSFER_DEADLINE_MS = 60_000
const COMPILE_DEADLINE_MS = 60_000

/** A zone's records at a serial. */
export type ZoneContentAt = { readonly serial: Serial; readonly records: readonly WireRecord[] }

/** What the active has of a zone now. */
export function contentNow(
  { links }: RescueWorld,
  active: string,
  { zone }: RescuedZone,
): Promise<Result<ZoneContentAt, Failure>> {
  return transferRecords(linkOf(links, active).dial('dns'), zone.name, {
    key: viewKey(links, zone.view),
    deadlineMs: TRANSFER_DEADLINE_MS,
  })
}

/**
 * What both servers had at the fork: what the active has, with everything in its journal since then taken back; where its
 * journal does not reach that far, what was saved with the orphans taken back. Nothing where neither can be had, nor where the
 * saved content has yet to be proven by what the active had.
 */
export async function contentAtFork(
  world: RescueWorld,
  rescue: SavedRescue,
  {
    active,
    rescued,
    now,
  }: { readonly active: string; readonly rescued: RescuedZone; readonly now: ZoneContentAt },
): Promise<RecordSets | undefined> {
  const { fork, id, path } = rescued
  if (fork.kind === 'unknown') return undefined
  const journal = await readActiveJournal(world, active, id)
  const since = changesBetween(journal.ok ? journal.value : [], fork.serial, now.serial)
  if (since !== undefined) return takeBackAll(now.records, since)
  const isProven = fork.kind === 'recorded' || fork.by === 'changes'
  if (!isProven || rescued.beyond !== undefined || rescued.troubles.length > 0) return undefined
  const saved = await savedContent(world, rescue, { rescued, which: 'with-journal' })
  return saved.ok ? takeBackAll(saved.value, path) : undefined
}

/** The changes that lead from one serial to another; nothing where they do not. */
function changesBetween(
  changes: readonly JournalChange[],
  from: Serial,
  to: Serial,
): readonly JournalChange[] | undefined {
  if (compareSerials(from, to) === 'same') return []
  const first = changes.findIndex(change => compareSerials(change.from, from) === 'same')
  const last = changes.findIndex(change => compareSerials(change.to, to) === 'same')
  return first === -1 || last < first ? undefined : changes.slice(first, last + 1)
}

type Change = Pick<JournalChange, 'deleted' | 'added'>

function takeBackAll(records: readonly WireRecord[], changes: readonly Change[]): RecordSets {
  const sets = new RecordSets(records)
  for (const change of changes.toReversed()) sets.takeBack(change)
  return sets
}

type SavedQuestion = { readonly rescued: RescuedZone; readonly which: 'alone' | 'with-journal' }

/** The records of a saved zone file, by itself or with its journal, as named-compilezone loads them. */
export async function savedContent(
  { links }: RescueWorld,
  rescue: SavedRescue,
  { rescued: { zone, id, rendered }, which }: SavedQuestion,
): Promise<Result<readonly WireRecord[], Failure>> {
  const { host, server } = linkOf(links, rescue.server)
  const into = `${rescue.folder}/compiled`
  const compiled = await host.run({
    kind: 'named-compilezone',
    zone: zone.name,
    file: savedPath(rescue, zone.file),
    journal: which === 'alone' ? NO_JOURNAL : savedPath(rescue, zone.journal),
    format: rendered?.format ?? links.fleet.policy.masterfileFormat,
    folder: server.paths.directory,
    into,
    deadlineMs: COMPILE_DEADLINE_MS,
  })
  if (!compiled.ok) return compiled
  const { exit, stdout, stderr } = compiled.value
  if (exit !== 0) return fail(fileUnreadable(id, firstLine(`${stdout}\n${stderr}`)))
  const bytes = await host.read(into)
  const removed = await host.remove(into)
  if (!bytes.ok) return bytes
  if (!removed.ok) return removed
  const records = readRawRecords(bytes.value)
  return records.ok ? ok(records.value) : fail(fileUnreadable(id, records.error))
}

function firstLine(said: string): string {
  return said.trim().split('\n')[0] || 'named-compilezone gave no reason'
}
