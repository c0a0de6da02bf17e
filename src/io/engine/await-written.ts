import { countOf, type Failure, failure, listFew, type Result } from '../../core/base/index.ts'
import {
  type FrozenFile,
  type ServerLink,
  seeDumps,
  seeFrozenFiles,
  seeUnwritten,
  type ZoneName,
} from '../observe/index.ts'
import { awaitCondition, type Look } from './await-condition.ts'
import type { RunContext } from './context.ts'

const INTERVAL_MS = 50
/** named writes zones one after another; for 12,000 of them a slow disk takes minutes. */
const DEADLINE_MS = 600_000
/** When nothing changes for so long named is not at it: the disk is full, say. Then the journals have everything. */
const STANDSTILL_MS = 10_000
/** The same while something that it writes is there, which may be large and on its way to a slow disk. */
const STANDSTILL_WRITING_MS = 120_000

/**
 * Waits until named has written the zones that are frozen. `freeze` only orders it, and answers; a `thaw` while a zone is
 * being written loads the old file, finds a journal that has been cut to the new one, removes it, and so goes back in time.
 */
export async function awaitWritten(
  { links }: Pick<RunContext, 'links'>,
  link: ServerLink,
  zones: readonly ZoneName[],
): Promise<Result<void, Failure>> {
  const frozen = await seeFrozenFiles(link, zones)
  if (!frozen.ok) return frozen
  const { clock } = links
  let open = frozen.value
  let trace = ''
  let movedMs = clock.elapsed()
  return awaitCondition(
    { clock, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS, signal: new AbortController().signal },
    async (): Promise<Look<void>> => {
      const unwritten = await seeUnwritten(link, open)
      if (!unwritten.ok) return { kind: 'never', failure: unwritten.error }
      open = unwritten.value
      if (open.length === 0) return { kind: 'holds', value: undefined }
      const dumps = await seeDumps(link, open)
      if (!dumps.ok) return { kind: 'never', failure: dumps.error }
      const now = [open.length, ...dumps.value].join('\n')
      if (now !== trace) movedMs = clock.elapsed()
      trace = now
      const patienceMs = dumps.value.length === 0 ? STANDSTILL_MS : STANDSTILL_WRITING_MS
      if (clock.elapsed() - movedMs > patienceMs) return { kind: 'holds', value: undefined }
      return { kind: 'not-yet', failure: unwrittenYet(link, open) }
    },
  )
}

function unwrittenYet(link: ServerLink, files: readonly FrozenFile[]): Failure {
  const zones = [...new Set(files.map(({ zone }) => zone))]
  return failure({
    code: 'engine.disk-behind',
    subject: link.server.name,
    because: `${countOf(zones.length, 'frozen zone')} not yet written to disk, and not safe to thaw before: ${listFew(zones)}`,
    remedy: 'named is still at it: see its disk, then try again.',
  })
}
