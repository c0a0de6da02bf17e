import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { STAGE_TIMEOUT_MS } from './stages.mjs'

/** Between asking a stage that hangs to stop and making it. */
const STOP_GRACE_MS = 5_000

/** @typedef {{ ok: boolean, output: string, seconds: number }} StageOutcome */

/** Process groups of the stages that run now. @type {Set<number>} */
const running = new Set()

/**
 * Runs an npm script with no standard input, in a process group of its own, so that nothing of it outlives it.
 *
 * @param {string} script
 * @param {Record<string, string>} environment
 * @returns {Promise<StageOutcome>}
 */
export function runStage(script, environment) {
  return new Promise(resolve => {
    const started = performance.now()
    /** @type {Buffer[]} */
    const chunks = []
    const child = spawn('npm', ['run', '--silent', script], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: 'true', NO_COLOR: '1', ...environment },
    })
    const group = child.pid
    if (group !== undefined) running.add(group)
    const timeout = setTimeout(() => {
      chunks.push(Buffer.from(`\nstopped: it took longer than ${STAGE_TIMEOUT_MS / 60_000} minutes\n`))
      signalGroup(group, 'SIGTERM')
      setTimeout(() => signalGroup(group, 'SIGKILL'), STOP_GRACE_MS).unref()
    }, STAGE_TIMEOUT_MS)
    /** @param {boolean} ok */
    const settle = ok => {
      clearTimeout(timeout)
      if (group !== undefined) running.delete(group)
      const seconds = (performance.now() - started) / 1000
      resolve({ ok, output: Buffer.concat(chunks).toString(), seconds })
    }
    child.stdout.on('data', chunk => chunks.push(chunk))
    child.stderr.on('data', chunk => chunks.push(chunk))
    child.on('error', error => {
      chunks.push(Buffer.from(`${error.message}\n`))
      settle(false)
    })
    child.on('close', code => settle(code === 0))
  })
}

/** Stops all stages that run now: for Ctrl-C, which their own process groups do not hear. */
export function stopStages() {
  for (const group of running) signalGroup(group, 'SIGTERM')
}

/**
 * @param {number | undefined} group
 * @param {NodeJS.Signals} signal
 */
function signalGroup(group, signal) {
  if (group === undefined) return
  try {
    process.kill(-group, signal)
  } catch (error) {
    // ESRCH: the group has ended by itself meanwhile, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
