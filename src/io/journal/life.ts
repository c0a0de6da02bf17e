import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../core/base/index.ts'
import { identifyProcess, readBoot, readPidNamespace, seeProcess } from '../hosts/index.ts'
import type { JournalCopy } from './copy.ts'
import { placeInJournal } from './entry.ts'
import { type Holder, newestIn, readGenerations } from './holder.ts'
import { valuesRead } from './reading.ts'
import { readJournals } from './record.ts'
import { SIGN_INTERVAL_MS } from './sign-of-life.ts'

/**
 * How long a run is watched for a sign that its holder lives, in milliseconds: two signs are due in it, and it is our own
 * stopwatch that counts.
 */
export const WATCH_MS = 2 * SIGN_INTERVAL_MS + 5000

const LOOK_INTERVAL_MS = 500

/** A process that has ended and waits for its parent, and one that is just going. */
const ENDED: ReadonlySet<string> = new Set(['Z', 'X'])

/** What of a process makes it known again: its number alone is used by others, on other machines and after a boot. */
export type HolderProcess = Pick<Holder, 'pid' | 'start' | 'boot' | 'namespace'>

/** This process, as it is written into holder files. */
export function ownProcess(): HolderProcess {
  const start = identifyProcess(process.pid)?.startTicks
  return { pid: process.pid, start, boot: readBoot(), namespace: readPidNamespace() }
}

/**
 * Whether the process that holds a run runs, as this machine can tell: only where it is the same boot of the same machine,
 * process ids are counted alike, and those of other users can be seen. Nothing is concluded from a name or a bare number.
 */
export function lifeOf(holder: HolderProcess | undefined): 'running' | 'gone' | 'unknown' {
  const own = ownProcess()
  if (holder?.start === undefined || !holder.boot || !holder.namespace) return 'unknown'
  if (holder.boot !== own.boot || holder.namespace !== own.namespace) return 'unknown'
  // What this process holds it would not ask about: it has given up.
  if (holder.pid === own.pid) return 'gone'
  const seen = seeProcess(holder.pid)
  if (seen === 'hidden') return 'unknown'
  return seen?.startTicks === holder.start && !ENDED.has(seen.state) ? 'running' : 'gone'
}

/**
 * Watches for a while whether a run's record moves: a line, or a new holder, in any copy. What times the lines bear does not
 * matter, since they are those of another clock.
 */
export async function watchForSigns(
  copies: readonly JournalCopy[],
  run: string,
  clock: Pick<Clock, 'elapsed'>,
): Promise<'moved' | 'still'> {
  const began = clock.elapsed()
  const first = await lookAt(copies, run)
  while (clock.elapsed() - began < WATCH_MS) {
    await pause(LOOK_INTERVAL_MS)
    if ((await lookAt(copies, run)) !== first) return 'moved'
  }
  return 'still'
}

/** The newest generation and all lines that can be read, in a word; a copy that comes and goes says nothing. */
async function lookAt(copies: readonly JournalCopy[], run: string): Promise<string> {
  const [generations, journals] = await Promise.all([readGenerations(copies, run), readJournals(copies, run)])
  const places = valuesRead(journals).flatMap(({ entries }) => entries.map(placeInJournal))
  return `${newestIn(generations)} ${new Set(places).size}`
}
