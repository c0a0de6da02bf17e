import { countOf, type Failure, failure, listFew, type Result } from '../../../core/base/index.ts'
import { zoneId } from '../../../core/snapshot/index.ts'
import {
  type FrozenFile,
  type ServerLink,
  seeDumps,
  seeFrozenFiles,
  seeUnwritten,
  type ZoneName,
} from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import type { RunContext } from '../context.ts'
import { commandZones } from '../control.ts'

const INTERVAL_MS = 50
/** named writes zones one after another; for 12,000 of them a slow disk takes minutes. */
const DEADLINE_MS = 600_000
/** When nothing changes for so long named is not at it: it had no room, say. */
const STANDSTILL_MS = 10_000
/** The same while something that it writes is there, which may be large and on its way to a slow disk. */
const STANDSTILL_WRITING_MS = 120_000

/**
 * Waits until named has written the zones that are frozen. `freeze` only orders it, and answers; a `thaw` before reads the old
 * file, finds that it is not where the journal ends, and removes the journal. What named gave up is ordered once more.
 */
export async function awaitWritten(
  { links, signal }: Pick<RunContext, 'links' | 'signal'>,
  link: ServerLink,
  zones: readonly ZoneName[],
): Promise<Result<void, Failure>> {
  const frozen = await seeFrozenFiles(link, zones)
  if (!frozen.ok) return frozen
  const { clock } = links
  let open = frozen.value
  let trace = ''
  let movedAt = clock.elapsed()
  let isOrderedAgain = false
  return awaitCondition(
    { clock, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS, signal },
    async (): Promise<Look<void>> => {
      const unwritten = await seeUnwritten(link, open)
      if (!unwritten.ok) return { kind: 'never', failure: unwritten.error }
      open = unwritten.value
      if (open.length === 0) return { kind: 'holds', value: undefined }
      const dumps = await seeDumps(link, open)
      if (!dumps.ok) return { kind: 'never', failure: dumps.error }
      const now = [open.length, ...dumps.value].join('\n')
      if (now !== trace) movedAt = clock.elapsed()
      trace = now
      const patienceMs = dumps.value.length === 0 ? STANDSTILL_MS : STANDSTILL_WRITING_MS
      if (clock.elapsed() - movedAt <= patienceMs) return { kind: 'not-yet', failure: notWritten(link, open) }
      if (isOrderedAgain) return { kind: 'never', failure: notWritten(link, open) }
      isOrderedAgain = true
      movedAt = clock.elapsed()
      const ordered = await commandZones(
        link,
        'sync',
        open.map(({ zone }) => zone),
      )
      return ordered.ok
        ? { kind: 'not-yet', failure: notWritten(link, open) }
        : { kind: 'never', failure: ordered.error }
    },
  )
}

function notWritten(link: ServerLink, files: readonly FrozenFile[]): Failure {
  const ids = files.map(({ zone }) => zoneId(zone.name, zone.view))
  return failure({
    code: 'engine.disk-behind',
    subject: link.server.name,
    because: `${countOf(ids.length, 'zone')} frozen there and not yet written, so that a thaw would lose updates: ${listFew(ids)}`,
    remedy: 'See that named may write its zone files there, and that the disk is not full; then try again.',
  })
}
