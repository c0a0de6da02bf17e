import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

const PROGRAM = 'dist/cli.js'
const DEADLINE_MS = 600_000

/** How a whole process of `baton` went, from its start to its end. */
export type BatonRun = { readonly elapsedMs: number; readonly document: unknown }

/** The exit codes of `status`: all well, and something that is not. */
export const STATUS_EXITS = [0, 4]

export type BatonOrder = {
  readonly args: readonly string[]
  /** The exit codes that are no fault; 0 alone when left out. */
  readonly exits?: readonly number[]
  /** A module that the process loads before anything else. */
  readonly hook?: string
}

/** Runs the built command as a process of its own, with `--json`; `npm run bench` builds it first. */
export async function runBaton({ args, exits = [0], hook }: BatonOrder): Promise<BatonRun> {
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [...(hook === undefined ? [] : ['--import', hook]), PROGRAM, ...args, '--json'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: DEADLINE_MS,
    },
  )
  const ended = once(child, 'close') as Promise<[number | null]>
  const [said, complained, [exit]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  const elapsedMs = performance.now() - started
  if (exit === null || !exits.includes(exit))
    throw new Error(`baton ${args.join(' ')} ended with ${exit}: ${complained}${said}`)
  return { elapsedMs, document: JSON.parse(said) as unknown }
}
