import type { Failure, Result } from '../../core/base/index.ts'
import type { CommandOutcome } from './host.ts'
import { runProgram } from './local/processes/run.ts'

/** How long the fence of a fleet may take, in milliseconds; cutting power and seeing it gone takes seconds. */
export const FENCE_DEADLINE_MS = 60_000

/**
 * Runs the fence of the fleet on this machine, with the server's name as its only argument and without a shell. The one
 * program of the operator's that Baton ever runs; a non-zero exit is a value, not a failure.
 */
export function runFence(
  program: string,
  server: string,
  { signal, deadlineMs = FENCE_DEADLINE_MS }: FenceLimits,
): Promise<Result<CommandOutcome, Failure>> {
  return runProgram(server, { line: [program, server], deadlineMs, signal })
}

/** When a fence that has not ended is killed with all that it started. */
export type FenceLimits = {
  /** A person's Ctrl-C. */
  readonly signal: AbortSignal
  /** In milliseconds; `FENCE_DEADLINE_MS` by default. */
  readonly deadlineMs?: number | undefined
}
