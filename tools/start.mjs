import { spawn } from 'node:child_process'
import process from 'node:process'

/**
 * Runs a Node program in this process's place as far as Node 20 allows: its terminal, its signals, its exit code.
 *
 * @param {readonly string[]} args for node
 * @returns {Promise<number>} the exit code
 */
export function startNode(args) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    // A terminal gives Ctrl-C to both; the child decides what it means, and this process waits for it.
    process.on('SIGINT', () => {})
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    process.on('SIGHUP', () => child.kill('SIGHUP'))
    child.on('error', error => {
      process.stderr.write(`${error.message}\n`)
      resolve(70)
    })
    child.on('close', code => resolve(code ?? 70))
  })
}
