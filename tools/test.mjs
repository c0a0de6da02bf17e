import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { leaveOutCertificates } from './environment.mjs'
import { CHECK_PROGRAMS, TEST_PROGRAMS } from './install/programs.mjs'
import { EXIT_UNAVAILABLE, install } from './install.mjs'
import { countTests } from './test/count.mjs'
import { runStage, stopStages } from './test/run-stage.mjs'
import { thoroughWaves, WAVE_WIDTH, WAVES } from './test/stages.mjs'
import { whyNotRun } from './test/why-not-run.mjs'

/** @import { Count } from './test/count.mjs' */
/** @import { Stage } from './test/stages.mjs' */

/** Wide enough for the longest stage name. */
const NAME_COLUMNS = 18

/** Longer, for a machine that nobody waits for. */
const THOROUGH = '--thorough'

const SIGNAL_EXITS = { SIGINT: 130, SIGTERM: 143 }

/**
 * `npm test`: installs what is missing, runs every stage even when one fails, shows the output of those that fail,
 * and ends with one line of counts. `npm test -- types build` runs only the stages of these scripts or names;
 * `npm test -- --thorough` gives the stages that have one their long form.
 *
 * @param {readonly string[]} words
 * @returns {Promise<number>} the exit code
 */
async function main(words) {
  process.chdir(join(import.meta.dirname, '..'))
  const installed = await install(TEST_PROGRAMS, CHECK_PROGRAMS)
  if (!installed.ok) {
    process.stderr.write(`${installed.because}\n`)
    say('0 passed, 1 failed')
    return EXIT_UNAVAILABLE
  }
  leaveOutCertificates()
  const all = words.includes(THOROUGH) ? thoroughWaves() : WAVES
  const waves = selectStages(
    all,
    words.filter(word => word !== THOROUGH),
  )
  if (waves.length === 0) {
    process.stderr.write(
      `No such stage. There are: ${WAVES.flat()
        .map(stage => stage.name)
        .join(', ')}.\n`,
    )
    return 64
  }
  const reports = mkdtempSync(join(tmpdir(), 'baton-test-'))
  try {
    const counts = []
    for (const wave of waves) counts.push(...(await runWave(wave, reports)))
    const passed = counts.reduce((sum, count) => sum + count.passed, 0)
    const failed = counts.reduce((sum, count) => sum + count.failed, 0)
    const skipped = counts.reduce((sum, count) => sum + count.skipped, 0)
    if (skipped > 0) say(`${skipped} not run`)
    say(`${passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

/**
 * @param {readonly (readonly Stage[])[]} all
 * @param {readonly string[]} wanted
 */
function selectStages(all, wanted) {
  if (wanted.length === 0) return all
  return all
    .map(wave => wave.filter(({ name, script }) => wanted.includes(name) || wanted.includes(script)))
    .filter(wave => wave.length > 0)
}

/**
 * @param {readonly Stage[]} wave
 * @param {string} reports
 * @returns {Promise<Count[]>}
 */
async function runWave(wave, reports) {
  const waiting = [...wave]
  /** @type {Count[]} */
  const counts = []
  const work = async () => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      counts.push(await prove(stage, reports))
    }
  }
  await Promise.all(Array.from({ length: WAVE_WIDTH }, work))
  return counts
}

/**
 * @param {Stage} stage
 * @param {string} reports
 * @returns {Promise<Count>}
 */
async function prove(stage, reports) {
  const name = stage.name.padEnd(NAME_COLUMNS)
  const because = whyNotRun(stage)
  if (because !== undefined) {
    say(`${name}not run: ${because}`)
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const report = join(reports, 'vitest.json')
  const outcome = await runStage(stage.script, { BATON_TEST_REPORT: report })
  const byTests = stage.counted === 'by its tests'
  const count = byTests
    ? countTests(report, outcome.ok)
    : { passed: outcome.ok ? 1 : 0, failed: outcome.ok ? 0 : 1, skipped: 0 }
  const state = count.failed === 0 ? 'ok    ' : 'failed'
  const seconds = `${outcome.seconds.toFixed(1)} s`.padStart(8)
  const tests = byTests ? `  ${describeTests(count)}` : ''
  say(`${name}${state}${seconds}${tests}`)
  if (count.failed > 0) say(`\n${outcome.output.trimEnd()}\n\n(alone: npm run ${stage.script})\n`)
  return count
}

/** @param {Count} count */
function describeTests({ passed, failed, skipped }) {
  const parts = [
    `${passed} passed`,
    failed > 0 ? `${failed} failed` : '',
    skipped > 0 ? `${skipped} skipped` : '',
  ]
  return parts.filter(part => part !== '').join(', ')
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`)
}

for (const [signal, exit] of Object.entries(SIGNAL_EXITS)) {
  process.once(signal, () => {
    stopStages()
    process.exit(exit)
  })
}

process.exitCode = await main(process.argv.slice(2))
