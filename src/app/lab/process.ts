import { readdirSync } from 'node:fs'
import { fromProc, type ProcessIdentity, readBoot, readProcess } from '../../io/hosts/index.ts'
import { errnoOfDisk } from './disk.ts'
import { waitUntil } from './wait.ts'

export { identifyProcess, type ProcessIdentity } from '../../io/hosts/index.ts'

const KILL_DEADLINE_MS = 10_000
const HANG_DEADLINE_MS = 10_000

/**
 * `hung` is stopped by a signal (SIGSTOP), with all of its threads: one that still runs still answers. A process that has ended and waits for its parent is `gone`, but not before the
 * last of its threads: until then it holds its ports.
 */
export type ProcessState = 'running' | 'hung' | 'gone'

export function processState(identity: ProcessIdentity): ProcessState {
  const seen = readProcess(`/proc/${identity.pid}`)
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
    if (errnoOfDisk(cause) === 'ESRCH') return 'gone'
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
  return threads.every(thread => (readProcess(`/proc/${pid}/task/${thread}`)?.state ?? 'T') === 'T')
}
