import { parseArgs } from 'node:util'
import { type Cast, describeRound, drawRound, drawSeeds, ENDS, type End } from './draw-round.ts'
import { canFreezeDisks } from './freezable-disk.ts'
import { type RoundResult, runRound } from './run-round.ts'
import { SECONDARIES, STANDBY, type Stage, setStage } from './stage.ts'

const SEED_SPACE = 2 ** 32
const EXIT_USAGE = 64
const SIGNAL_EXITS = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * `npm run proof:failover [-- --rounds N --seed N --only SEED]`: each round draws from a seed of its own how an active goes
 * under writes and how it comes back, carries that out on real servers, and holds what the writers were told against what the
 * servers and the rescues have in the end. `--only` repeats one round. Exits 1 when anything was lost or is not as it should be.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Date.now() % SEED_SPACE) },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  const [rounds = 0, seed = -1, ...only] = [values.rounds, values.seed, ...values.only].map(Number)
  const isSeed = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < SEED_SPACE
  if (!Number.isSafeInteger(rounds) || rounds < 1 || ![seed, ...only].every(isSeed)) {
    say('Rounds are a whole number above 0, seeds are whole numbers from 0 to 4294967295.')
    return EXIT_USAGE
  }
  const cast: Cast = { standby: STANDBY, secondaries: SECONDARIES, ends: await possibleEnds() }
  if (only.length === 0) say(`seed ${seed}`)
  const seeds = only.length > 0 ? only : drawSeeds(seed, rounds)
  let failed = 0
  let ran = 0
  for (const [index, own] of seeds.entries()) {
    if (stopping.signal.aborted) break
    const outcome = await tryRound(own, { cast, number: index + 1 })
    if (outcome !== 'stopped') ran++
    if (outcome === 'failed') failed++
  }
  say(`${ran} failovers, ${failed} failed`)
  return exitWished ?? (failed === 0 ? 0 : 1)
}

async function possibleEnds(): Promise<Cast['ends']> {
  if (await canFreezeDisks()) return ENDS
  say('disk-frozen is left out: it takes root and a loop device')
  const [first, ...others] = ENDS.filter(end => end !== 'disk-frozen')
  return [first as End, ...others]
}

type Trial = { readonly cast: Cast; readonly number: number }

async function tryRound(seed: number, { cast, number }: Trial): Promise<'well' | 'failed' | 'stopped'> {
  const round = drawRound(seed, cast)
  const head = `${number}: seed ${seed}: ${describeRound(round)}`
  const began = performance.now()
  let stage: Stage | undefined
  let result: RoundResult | { readonly faults: readonly string[] }
  try {
    stage = await setStage(round.end)
    result = await runRound(stage, round, stopping.signal)
  } catch (cause) {
    result = { faults: [cause instanceof Error ? cause.message : String(cause)] }
  }
  if (stopping.signal.aborted) {
    say(`${head}, stopped`)
    await stage?.remove('removed')
    return 'stopped'
  }
  const isWell = result.faults.length === 0
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const counts = 'updates' in result ? `, ${result.updates} updates, ${result.rescued} of them rescued` : ''
  say(`${head}${counts}, ${seconds} s${isWell ? '' : ', FAILED'}`)
  for (const fault of result.faults) say(`  ${fault}`)
  const kept = stage === undefined ? 'no lab to look at' : `its lab is kept in ${stage.lab.folder}`
  if (!isWell) say(`  ${kept}; again: npm run proof:failover -- --only ${seed}`)
  await stage?.remove(isWell ? 'removed' : 'kept')
  return isWell ? 'well' : 'failed'
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A round that is under way ends at once, and its servers with it. */
const stopping = new AbortController()
let exitWished: number | undefined
for (const [signal, exit] of Object.entries(SIGNAL_EXITS))
  process.once(signal, () => {
    exitWished = exit
    stopping.abort(new Error('stopped by a signal'))
  })

process.exitCode = await main()
// What was under way would keep the process, without anybody to work for.
if (exitWished !== undefined) process.exit(exitWished)
