import { parseArgs } from 'node:util'
import type { Lab } from '../../src/app/lab/index.ts'
import { MOMENTS, type Moment } from '../../test/support/dying-host.ts'
import { enlargeZones } from '../../test/support/enlarge-zones.ts'
import { withLab } from '../../test/support/with-lab.ts'
import { CRASH_LOOPS, type CrashLoop, type CrashResult, crashAt } from './crash-at.ts'
import { pickNumber, sampleWrites } from './sample-writes.ts'

const SEED_SPACE = 2 ** 32
const EXIT_USAGE = 64
/** No operation on this fleet has so many writes: a loop that reaches it has failed. */
const WRITES_MAX = 400
/** Whoever takes a run up has about so many writes left; where there are fewer it lives, which is fine as well. */
const RECOVERY_WRITES = 40

/**
 * `npm run proof:crash [-- --loop LOOP --moment MOMENT --write N --sample K --seed N --records N]`: a switchover under writes is killed at its first
 * write, its second and so on until one completes, and each time taken up by another checkout of the fleet. With `--sample`
 * only K writes of each loop are tried, each at one moment; with `--write` those that are named. With `--records` each zone begins
 * with so many, which named takes time to write and to load. Exits 1 when a death did not end as it should.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      loop: { type: 'string', multiple: true, default: Object.keys(CRASH_LOOPS) },
      moment: { type: 'string', multiple: true, default: [...MOMENTS] },
      write: { type: 'string', multiple: true, default: [] },
      sample: { type: 'string' },
      records: { type: 'string', default: '0' },
      seed: { type: 'string', default: String(Date.now() % SEED_SPACE) },
    },
  })
  const loops = values.loop.filter((name): name is CrashLoop => name in CRASH_LOOPS)
  const moments = MOMENTS.filter(moment => values.moment.includes(moment))
  const seed = Number(values.seed)
  const sample = values.sample === undefined ? undefined : Number(values.sample)
  const writes = values.write.map(Number)
  const records = Number(values.records)
  const isUnderstood =
    [seed, records, ...writes].every(Number.isSafeInteger) && (sample === undefined || sample >= 1)
  if (loops.length < values.loop.length || moments.length < values.moment.length || !isUnderstood) {
    say(`Loops are ${Object.keys(CRASH_LOOPS).join(', ')}; moments are ${MOMENTS.join(', ')}.`)
    return EXIT_USAGE
  }
  say(`seed ${seed}`)
  const plan = {
    groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
    zones: 6,
    zonesDynamic: 4,
  }
  return withLab(plan, async lab => {
    if (records > 0) await enlargeZones(lab, records)
    const trial: Trial = { lab, moments, seed }
    let faulty = 0
    for (const loop of loops) {
      const results = await tryLoop(trial, loop, { writes, sample })
      say(summaryOf(loop, results))
      faulty += results.filter(({ faults }) => faults.length > 0).length
    }
    return faulty === 0 ? 0 : 1
  })
}

type Choice = { readonly writes: readonly number[]; readonly sample: number | undefined }

function tryLoop(trial: Trial, loop: CrashLoop, choice: Choice): Promise<readonly CrashResult[]> {
  if (choice.writes.length > 0) return tryChosen(trial, loop, choice.writes)
  return choice.sample === undefined ? tryAll(trial, loop) : trySample(trial, loop, choice.sample)
}

/** For looking again at a death that ended badly. */
async function tryChosen(
  trial: Trial,
  loop: CrashLoop,
  writes: readonly number[],
): Promise<readonly CrashResult[]> {
  const results: CrashResult[] = []
  for (const write of writes)
    for (const moment of trial.moments) results.push(await tryOne(trial, loop, { write, moment }))
  return results
}

type Trial = { readonly lab: Lab; readonly moments: readonly Moment[]; readonly seed: number }

/** Every write at every moment, until a run lives through all of them. */
async function tryAll(trial: Trial, loop: CrashLoop): Promise<readonly CrashResult[]> {
  const results: CrashResult[] = []
  for (let write = 1; write <= WRITES_MAX; write++) {
    let deaths = 0
    for (const moment of trial.moments) {
      const result = await tryOne(trial, loop, { write, moment })
      results.push(result)
      if (result.died) deaths++
    }
    if (deaths === 0) return results
  }
  throw new Error(`a switchover with more than ${WRITES_MAX} writes`)
}

/** One run that lives tells how many writes there are; the sample is spread over them. */
async function trySample(trial: Trial, loop: CrashLoop, count: number): Promise<readonly CrashResult[]> {
  const whole = await tryOne(trial, loop, { write: WRITES_MAX, moment: 'before' })
  const results = [whole]
  for (const [index, write] of sampleWrites(whole.writes ?? 0, { count, seed: trial.seed }).entries()) {
    const moment = trial.moments[(index + trial.seed) % trial.moments.length] ?? 'before'
    results.push(await tryOne(trial, loop, { write, moment }))
  }
  return results
}

async function tryOne(
  { lab, seed }: Trial,
  loop: CrashLoop,
  where: { readonly write: number; readonly moment: Moment },
): Promise<CrashResult> {
  const writeOfRecovery = pickNumber({ min: 1, max: RECOVERY_WRITES }, seed + where.write)
  const result = await crashAt(lab, { loop, ...where, writeOfRecovery })
  const twice = loop.endsWith('-dies') ? ` and ${writeOfRecovery}` : ''
  const what = result.died ? `killed ${where.moment} write ${where.write}${twice}` : 'lived'
  say(
    `${loop}: ${what}: ${result.outcome}, ${result.updates} updates${result.faults.length > 0 ? ', WRONG' : ''}`,
  )
  for (const fault of result.faults) say(`  ${fault}`)
  return result
}

function summaryOf(loop: CrashLoop, results: readonly CrashResult[]): string {
  const count = (outcome: string) => results.filter(result => result.outcome === outcome).length
  const updates = results.reduce((sum, result) => sum + result.updates, 0)
  const faulty = results.filter(({ faults }) => faults.length > 0).length
  return [
    `${loop}: ${results.filter(({ died }) => died).length} deaths`,
    `${count('done')} done, ${count('rolled-back')} rolled back`,
    `${updates} updates acknowledged`,
    `${faulty} not as it should be`,
  ].join(', ')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
