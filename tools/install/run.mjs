import { spawn } from 'node:child_process'

/** @typedef {{ command: string, args: string[], exit: number, output: string }} Outcome */

/**
 * Runs an installer to its end without a terminal and keeps what it says, for when it fails. Installers have no
 * deadline here: a slow mirror is no reason to leave a package half installed.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Outcome>}
 */
export function run(command, args) {
  return new Promise(resolve => {
    /** @type {Buffer[]} */
    const chunks = []
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    /** @param {number} exit */
    const settle = exit => resolve({ command, args, exit, output: Buffer.concat(chunks).toString() })
    child.stdout.on('data', chunk => chunks.push(chunk))
    child.stderr.on('data', chunk => chunks.push(chunk))
    child.on('error', error => {
      chunks.push(Buffer.from(`${error.message}\n`))
      settle(127)
    })
    child.on('close', (code, signal) => settle(signal === null ? (code ?? 1) : 128))
  })
}
