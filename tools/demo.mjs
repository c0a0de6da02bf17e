import { join } from 'node:path'
import process from 'node:process'
import { buildIfStale } from './build.mjs'
import { LAB_PROGRAMS } from './install/programs.mjs'
import { EXIT_UNAVAILABLE, install } from './install.mjs'
import { startNode } from './start.mjs'

/**
 * `npm run demo`: installs and builds what is missing, then is `baton lab demo` with the same arguments.
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  process.chdir(join(import.meta.dirname, '..'))
  const installed = await install(LAB_PROGRAMS)
  const ready = installed.ok ? await buildIfStale() : installed
  if (!ready.ok) {
    process.stderr.write(`${ready.because}\n`)
    return EXIT_UNAVAILABLE
  }
  return startNode(['dist/cli.js', 'lab', 'demo', ...args])
}

process.exitCode = await main(process.argv.slice(2))
