import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { trySlices } from './crew.ts'
import { cutSlices } from './slices.ts'
import { FUZZ_TARGETS } from './targets.ts'

const INPUTS_DEFAULT = 1_000_000
const SECONDS_DEFAULT = 1_800
const SEED_SPACE = 2 ** 32
const PROCESSES_MAX = 4
const FAILURES_SHOWN_MAX = 20
const EXIT_USAGE = 64

/**
 * `npm run fuzz [-- --inputs N --seed N --seconds N --only TARGET]`: random inputs for everything that reads what
 * others wrote. Prints its seed first. Exits 1 when an input failed, or when the time was up before all were tried.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      inputs: { type: 'string', default: String(INPUTS_DEFAULT) },
      seconds: { type: 'string', default: String(SECONDS_DEFAULT) },
      seed: { type: 'string', default: String(Date.now() % SEED_SPACE) },
      only: { type: 'string', multiple: true, default: Object.keys(FUZZ_TARGETS) },
    },
  })
  const [inputs, seconds, seed] = [values.inputs, values.seconds, values.seed].map(Number)
  const isUnderstood = [inputs, seconds, seed].every(
    value => Number.isSafeInteger(value) && Number(value) >= 0,
  )
  if (!isUnderstood || values.only.some(target => !(target in FUZZ_TARGETS))) {
    say(`Numbers are whole and not negative; targets are ${Object.keys(FUZZ_TARGETS).join(', ')}.`)
    return EXIT_USAGE
  }
  say(`seed ${seed}`)
  const started = performance.now()
  const report = await trySlices(cutSlices(values.only, inputs ?? 0, seed ?? 0), {
    processes: Math.min(availableParallelism(), PROCESSES_MAX),
    deadline: started + (seconds ?? 0) * 1000,
  })
  for (const failure of report.failures.slice(0, FAILURES_SHOWN_MAX)) say(failure)
  const elapsed = ((performance.now() - started) / 1000).toFixed(1)
  say(`${report.inputs} inputs in ${elapsed} s: ${report.failures.length} failed`)
  if (report.left > 0) say(`the time was up with ${report.left} slices still to try`)
  return report.failures.length === 0 && report.left === 0 ? 0 : 1
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
