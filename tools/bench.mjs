import { join } from 'node:path'
import process from 'node:process'
import { buildIfStale } from './build.mjs'
import { leaveOutCertificates } from './environment.mjs'
import { BENCH_PROGRAMS } from './install/programs.mjs'
import { EXIT_UNAVAILABLE, install } from './install.mjs'
import { startNode } from './start.mjs'

/**
 * `npm run bench`: installs and builds what is missing, then runs the benchmarks (`tools/bench/main.ts`).
 *
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(args) {
  process.chdir(join(import.meta.dirname, '..'))
  const installed = await install(BENCH_PROGRAMS)
  const ready = installed.ok ? await buildIfStale() : installed
  if (!ready.ok) {
    process.stderr.write(`${ready.because}\n`)
    return EXIT_UNAVAILABLE
  }
  leaveOutCertificates()
  return startNode(['--import', 'tsx', 'tools/bench/main.ts', ...args])
}

process.exitCode = await main(process.argv.slice(2))
