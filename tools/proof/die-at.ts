import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { Moment } from '../../test/support/dying-host.ts'
import { bundled } from './bundled.ts'

const DEADLINE_MS = 180_000

/** An operation that is to die, and where. */
export type Dying = {
  readonly fleetFile: string
  readonly operation: 'switchover' | 'push' | 'resume' | 'rollback'
  /** Of a switchover: who is to become active. */
  readonly to: string | undefined
  /** Counted from 1. */
  readonly write: number
  readonly moment: Moment
}

/** It died as it was told to, or lived to its end because it had fewer writes. */
export type Death =
  | { readonly kind: 'died' }
  | { readonly kind: 'lived'; readonly writes: number; readonly outcome: string }

/** Runs an operation in a process of its own that kills itself at one of its writes; one that hangs is a defect of ours. */
export async function dieAt(dying: Dying): Promise<Death> {
  return deathOf(await startDying(dying, 'SIGKILL'), dying.operation)
}

/**
 * Runs an operation in a process that stands still at one of its writes, as one does whose machine is suspended; does
 * something meanwhile, wakes it up, and tells how it ended.
 */
export async function sleepAt(dying: Dying, meanwhile: () => Promise<void>): Promise<Death> {
  const child = await startDying(dying, 'SIGSTOP')
  const death = deathOf(child, dying.operation)
  await Promise.race([untilStopped(child), death])
  if (child.exitCode === null && child.signalCode === null) {
    await meanwhile().finally(() => child.kill('SIGCONT'))
  }
  return death
}

async function startDying(
  { fleetFile, operation, to, write, moment }: Dying,
  signal: 'SIGKILL' | 'SIGSTOP',
): Promise<ChildProcessByStdio<null, Readable, Readable>> {
  const options = [
    ...['--fleet', fleetFile, '--operation', operation],
    ...['--write', String(write), '--moment', moment, '--signal', signal],
    ...(to === undefined ? [] : ['--to', to]),
  ]
  return spawn(process.execPath, [await bundled('dying-operation'), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
    killSignal: 'SIGABRT',
  })
}

/** What `/proc/PID/stat` says of a process that was stopped, after its name in brackets. */
const STOPPED = /\) T /
const LOOK_INTERVAL_MS = 20

async function untilStopped(child: ChildProcess): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    if (STOPPED.test(await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => ''))) return
    await pause(LOOK_INTERVAL_MS)
  }
}

function deathOf(child: ChildProcessByStdio<null, Readable, Readable>, operation: string): Promise<Death> {
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => {
    stdout += String(chunk)
  })
  child.stderr.on('data', chunk => {
    stderr += String(chunk)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve({ kind: 'died' })
      else if (code === 0)
        resolve({ kind: 'lived', ...(JSON.parse(stdout) as Omit<Death & { kind: 'lived' }, 'kind'>) })
      else reject(new Error(`${operation} ended with ${signal ?? code}: ${stderr}`))
    })
  })
}
