import { fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { type HistoryEntry, readHistory } from '../../../io/journal/index.ts'
import { openLinks } from '../../../io/observe/index.ts'
import type { HistoryDocument, HistoryRun } from '../../contract/index.ts'
import { systemClock } from '../session/clock.ts'
import { journalCopies } from '../session/copies.ts'
import { readFleetHead } from '../session/read-folder.ts'
import type { SessionOptions } from '../session/session.ts'

/** What was done to the fleet, oldest first, as this machine and all peers that can be read know it together. */
export async function history(options: SessionOptions): Promise<Result<HistoryDocument, readonly Problem[]>> {
  const head = await readFleetHead(options.fleetFile)
  if (!head.ok) return head
  const { fleet, keys } = head.value
  const links = openLinks({ fleet, keys, clock: systemClock })
  if (!links.ok) return fail([links.error])
  try {
    const { entries } = await readHistory(journalCopies({ fleet, links: links.value }, []), fleet.name)
    return ok({ version: 1, document: 'history', runs: entries.map(historyRun) })
  } finally {
    await links.value.close()
  }
}

function historyRun(entry: HistoryEntry): HistoryRun {
  const { run, operation, by, began, elapsedMs, outcome, remarks } = entry
  return {
    run,
    operation,
    set: entry.set ?? null,
    from: entry.from ?? null,
    to: entry.to ?? null,
    term: entry.term ?? null,
    leftOut: entry.leftOut ?? [],
    fenced: entry.fenced ?? null,
    by,
    reason: entry.reason ?? null,
    began,
    elapsedMs,
    writePauseMs: entry.writePauseMs ?? null,
    writePauseAtLeastMs: entry.writePauseAtLeastMs ?? null,
    outcome,
    unwell: entry.unwell === true,
    because: entry.because ?? null,
    remarks,
    rescues: entry.rescues ?? [],
  }
}
