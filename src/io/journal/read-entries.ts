import { entriesPath, type JournalCopy } from './copy.ts'
import { type JournalEntry, parseEntries } from './entry.ts'

/** What each copy that can be read holds of a run's journal. */
export async function readEntries(
  copies: readonly JournalCopy[],
  run: string,
): Promise<readonly (readonly JournalEntry[])[]> {
  const read = await Promise.all(copies.map(copy => copy.files.read(entriesPath(copy, run))))
  return read.flatMap(journal => (journal.ok ? [parseEntries(new TextDecoder().decode(journal.value))] : []))
}
