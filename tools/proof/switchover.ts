import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { RunDocument } from '../../src/app/contract/index.ts'
import type { Lab } from '../../src/app/lab/index.ts'
import { awaitQuiet } from '../../test/support/await-quiet.ts'
import { findFaults } from '../../test/support/find-faults.ts'
import { type Evidence, startTraffic } from '../../test/support/traffic.ts'
import { withLab } from '../../test/support/with-lab.ts'
import { judgeEvidence } from './judge-evidence.ts'
import { operate } from './operate.ts'
import { summaryOf, type TrialRun } from './switchover-summary.ts'

const QUERIES_PER_SECOND = 200
/** Writers go on for so long before and after each run, so that something is under way in it. */
const BREATH_MS = 1000
const DYNAMIC_SHARE = 0.6
const EXIT_USAGE = 64

/**
 * `npm run proof:switchover [-- --zones N --rate UPDATES_PER_SECOND --runs N]`: the role passed to and fro on two peers and two
 * secondaries under writes through both peers and queries to both secondaries. After each run everything is looked at; exits 1
 * when anything was not as it should be.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      zones: { type: 'string', default: '2000' },
      rate: { type: 'string', default: '200' },
      runs: { type: 'string', default: '20' },
    },
  })
  const [zones = 0, rate = 0, runs = 0] = [values.zones, values.rate, values.runs].map(Number)
  if (![zones, rate, runs].every(value => Number.isSafeInteger(value) && value > 0)) {
    say('Zones, rate and runs are whole numbers above 0.')
    return EXIT_USAGE
  }
  const plan = {
    groups: [
      { name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] },
      { name: 'west', follows: ['ns2', 'ns1'], servers: ['w1'] },
    ],
    zones,
    zonesDynamic: Math.ceil(zones * DYNAMIC_SHARE),
  }
  return withLab(plan, async lab => {
    const trials: TrialRun[] = []
    for (let run = 1; run <= runs; run++) {
      const trial = await tryOne(lab, { to: run % 2 === 1 ? 'ns2' : 'ns1', term: 1 + run, rate })
      trials.push(trial)
      say(`${run}: ${describe(trial)}`)
      for (const fault of trial.faults) say(`  ${fault}`)
    }
    for (const line of summaryOf(trials, { zones, rate })) say(line)
    return trials.every(({ faults }) => faults.length === 0) ? 0 : 1
  })
}

type Order = { readonly to: string; readonly term: number; readonly rate: number }

/** Each begins at rest: for a while after a swap the servers notify each other of every zone. */
async function tryOne(lab: Lab, { to, term, rate }: Order): Promise<TrialRun> {
  await awaitQuiet(lab)
  const traffic = startTraffic(lab, { updatesPerSecond: rate, queriesPerSecond: QUERIES_PER_SECOND })
  await pause(BREATH_MS)
  const run = await passTo(lab, to)
  await pause(BREATH_MS)
  const evidence = await traffic.stop()
  const faults = [
    ...runFaults(run),
    ...judgeEvidence(evidence, { turnsMax: 2 }),
    ...handoverFaults(evidence, to),
    ...(await findFaults(lab, { standings: [{ active: to, term }], written: evidence.written })),
  ]
  return { evidence, faults, run: typeof run === 'string' ? undefined : run }
}

async function passTo(lab: Lab, to: string): Promise<RunDocument | string> {
  const ran = await operate(join(lab.folder, 'baton.yaml'), ['switchover', '--to', to, '--reason', 'proof'])
  return ran.ok ? ran.value : ran.error.map(({ code }) => code).join(' ')
}

function runFaults(run: RunDocument | string): readonly string[] {
  if (typeof run === 'string') return [`refused: ${run}`]
  return [
    ...(run.outcome === 'done' ? [] : [`${run.outcome}: ${run.because ?? ''}`]),
    ...(run.unwell ? run.remarks : []),
  ]
}

/** Writes end on one side and begin on the other: a trial in which nobody wrote would prove nothing. */
function handoverFaults({ turns }: Evidence, to: string): readonly string[] {
  if (turns.length === 2 && turns[1]?.server === to) return []
  return [`updates were applied by ${turns.map(({ server }) => server).join(', then ') || 'nobody'}`]
}

function describe({ run, evidence, faults }: TrialRun): string {
  const { written, asked, turns } = evidence
  const [before, after] = turns
  const between = before === undefined || after === undefined ? 'unknown' : `${after.first - before.last} ms`
  return [
    `${run?.from} → ${run?.to} in ${run?.elapsedMs} ms`,
    `write pause ${run?.writePauseMs} ms`,
    `${between} between the last update on the one and the first on the other`,
    `${written.acknowledged} updates, ${asked.answered} queries`,
    `longest gap ${Math.round(written.longestGap.lengthMs)} ms`,
    faults.length === 0 ? 'all well' : 'WRONG',
  ].join(', ')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

process.exitCode = await main()
