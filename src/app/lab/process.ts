import { readdirSync, readFileSync } from 'node:fs'
import { errnoOf } from './disk.ts'
import { waitUntil } from './wait.ts'

const KILL_DEADLINE_MS = 10_000
const HANG_DEADLINE_MS = 10_000

/**
 * A process, so named that it can't be mistaken for another: a process id is used again, but not with the same start
 * time since the same boot. Nothing else is ever signalled.
 */
export type ProcessIdentity = {
  readonly pid: number
  /** Clock ticks from boot to the start of the process: field 22 of `/proc/PID/stat` (proc(5)). */
  readonly startTicks: number
  /** `/proc/sys/kernel/random/boot_id`. */
  readonly boot: string
}

/**
 * `hung` is stopped by a signal (SIGSTOP), with all of its threads: one that still runs still answers. A process that has ended and waits for its parent is `gone`, but not before the
 * last of its threads: until then it holds its ports.
 */
export type ProcessState = 'running' | 'hung' | 'gone'

/** Who runs under this id now; nothing when nobody does. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const seen = readStat(`/proc/${pid}`)
  return seen === undefined ? undefined : { pid, startTicks: seen.startTicks, boot: readBoot() }
}

export function processState(identity: ProcessIdentity): ProcessState {
  const seen = readStat(`/proc/${identity.pid}`)
  if (seen === undefined || seen.startTicks !== identity.startTicks || identity.boot !== readBoot())
    return 'gone'
  if (seen.state === 'X' || (seen.state === 'Z' && seen.threads <= 1)) return 'gone'
  return seen.state === 'T' && hasStoppedWholly(identity.pid) ? 'hung' : 'running'
}

/** Sends the signal to this very process, and to no other that may have its id by now. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): 'sent' | 'gone' {
  if (processState(identity) === 'gone') return 'gone'
  try {
    process.kill(identity.pid, signal)
    return 'sent'
  } catch (cause) {
    if (errnoOf(cause) === 'ESRCH') return 'gone'
    throw cause
  }
}

/** Lets it stand still, as a machine that has stopped giving it time would; SIGCONT lets it go on. */
export async function hangProcess(identity: ProcessIdentity): Promise<'hung' | 'gone' | 'stuck'> {
  signalProcess(identity, 'SIGSTOP')
  await waitUntil(() => processState(identity) !== 'running', HANG_DEADLINE_MS)
  const state = processState(identity)
  return state === 'running' ? 'stuck' : state
}

/** Asks it to end, and kills it when it has not after `deadlineMs`. */
export async function endProcess(identity: ProcessIdentity, deadlineMs: number): Promise<'gone' | 'stuck'> {
  const isGone = () => processState(identity) === 'gone'
  signalProcess(identity, 'SIGTERM')
  signalProcess(identity, 'SIGCONT')
  if ((await waitUntil(isGone, deadlineMs)) === 'so') return 'gone'
  return killProcess(identity)
}

/** Ends it at once, as a crash or a power cut would. */
export async function killProcess(identity: ProcessIdentity): Promise<'gone' | 'stuck'> {
  signalProcess(identity, 'SIGKILL')
  const outcome = await waitUntil(() => processState(identity) === 'gone', KILL_DEADLINE_MS)
  return outcome === 'so' ? 'gone' : 'stuck'
}

/** The signal reaches the threads of a process one after the other. */
function hasStoppedWholly(pid: number): boolean {
  const threads = fromProc(() => readdirSync(`/proc/${pid}/task`)) ?? []
  return threads.every(thread => (readStat(`/proc/${pid}/task/${thread}`)?.state ?? 'T') === 'T')
}

/** The command's name stands in parentheses and may hold anything, so the fields are counted from the last `)`. */
function readStat(folder: string): { state: string; threads: number; startTicks: number } | undefined {
  const text = readProc(`${folder}/stat`)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', threads: Number(fields[17]), startTicks: Number(fields[19]) }
}

function readBoot(): string {
  return (readProc('/proc/sys/kernel/random/boot_id') ?? '').trim()
}

function readProc(path: string): string | undefined {
  return fromProc(() => readFileSync(path, 'latin1'))
}

/** A process may end between the opening and the reading, which Linux answers with ESRCH. */
function fromProc<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (cause) {
    const errno = errnoOf(cause)
    if (errno === 'ENOENT' || errno === 'ESRCH') return undefined
    throw cause
  }
}
