import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Moment } from '../../test/support/dying-host.ts'

const PROGRAM = join(import.meta.dirname, 'dying-switchover.ts')
const DEADLINE_MS = 180_000

/** An operation that is to die, and where. */
export type Dying = {
  readonly fleetFile: string
  readonly operation: 'switchover' | 'resume' | 'rollback'
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
export function dieAt(dying: Dying): Promise<Death> {
  const { fleetFile, operation, to, write, moment } = dying
  const options = [
    '--fleet',
    fleetFile,
    '--operation',
    operation,
    '--write',
    String(write),
    '--moment',
    moment,
  ]
  const target = to === undefined ? [] : ['--to', to]
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...options, ...target], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE_MS,
    killSignal: 'SIGABRT',
  })
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
