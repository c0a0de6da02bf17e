import { join } from 'node:path'
import type { RunDocument } from '../src/app/contract/index.ts'
import { type Lab, labZones, startWriter } from '../src/app/lab/index.ts'
import { awaitQuiet } from '../test/support/await-quiet.ts'
import { keyOf, withLargeLab } from './fleet/large-lab.ts'
import { runBaton, STATUS_EXITS } from './fleet/run-baton.ts'
import { swapByHand } from './fleet/swap-by-hand.ts'
import { median } from './median.ts'
import type { BenchRow } from './row.ts'

const SIZES = [2_000, 20_000]
/** The size whose ratios are promised; the other shows how they grow. */
const SIZE_PROMISED = 20_000
const ROUNDS = 2
const UPDATES_PER_SECOND = 100
const UPDATES_MAX = 20_000
const WHOLE_RATIO_MAX = 2.5
const PAUSE_RATIO_MAX = 1.1

/**
 * A whole `baton switchover`, from the start of its process to its end, against the same two swaps by hand, in turns and each on
 * servers of its own that have come to rest after their start: after a swap named is at its NOTIFYs for minutes. No updates
 * arrive, because a swap that checks nothing would lose some, and fork the zones. In the end one more switchover under updates.
 */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const zones of SIZES) {
    const pairs: Pair[] = []
    for (let round = 0; round < ROUNDS; round++)
      pairs.push({ hand: await fromRest(zones, passByHand), baton: await fromRest(zones, passByBaton) })
    const underUpdates = await fromRest(zones, passUnderUpdates)
    rows.push(wholeRow(zones, pairs), pauseRow(zones, pairs), updatesRow(zones, underUpdates))
  }
  return rows
}

/** Passes the role once, from the first peer to the second. */
function fromRest<Times>(zones: number, pass: (lab: Lab, way: Way) => Promise<Times>): Promise<Times> {
  return withLargeLab(zones, async lab => {
    await awaitQuiet(lab)
    // A person looks before acting; what the folder renders to is remembered from then on.
    await runBaton({ args: ['status', ...fleetArguments(lab)], exits: STATUS_EXITS })
    const [from, to] = lab.plan.peers as [string, string]
    return pass(lab, { from, to })
  })
}

type Way = { readonly from: string; readonly to: string }

/** In milliseconds. */
type Swaps = { readonly activeMs: number; readonly standbyMs: number }
type RunTimes = { readonly wholeMs: number; readonly pauseMs: number }
type Pair = { readonly hand: Swaps; readonly baton: RunTimes }

async function passByHand(lab: Lab, { from, to }: Way): Promise<Swaps> {
  const activeMs = await swapByHand(lab, to, 'active')
  return { activeMs, standbyMs: await swapByHand(lab, from, 'standby') }
}

async function passByBaton(lab: Lab, { to }: Way): Promise<RunTimes> {
  const { elapsedMs, document } = await runBaton({
    args: ['switchover', ...fleetArguments(lab), '--to', to, '--yes'],
  })
  const run = document as RunDocument
  if (run.outcome !== 'done' || run.unwell || run.writePauseMs === null)
    throw new Error(`the switchover was not clean: ${JSON.stringify(run)}`)
  return { wholeMs: elapsedMs, pauseMs: run.writePauseMs }
}

async function passUnderUpdates(lab: Lab, way: Way): Promise<RunTimes> {
  const writer = startWriter({
    endpoints: lab.servers.filter(({ kind }) => kind === 'peer').map(({ dns }) => dns),
    key: keyOf(lab, 'writer'),
    zones: labZones(lab.plan).flatMap(({ name, updates }) => (updates === 'none' ? [] : [name])),
    ratePerSecond: UPDATES_PER_SECOND,
    updatesMax: UPDATES_MAX,
  })
  try {
    return await passByBaton(lab, way)
  } finally {
    await writer.stop()
  }
}

function fleetArguments(lab: Lab): readonly string[] {
  return ['--fleet', join(lab.folder, 'baton.yaml')]
}

function wholeRow(zones: number, pairs: readonly Pair[]): BenchRow {
  const hand = pairs.map(({ hand: { activeMs, standbyMs } }) => activeMs + standbyMs)
  const baton = pairs.map(({ baton: { wholeMs } }) => wholeMs)
  return ratioRow(zones, {
    what: 'whole switchover, checks and proofs included, against two swaps by hand',
    baton,
    hand,
    ratioMax: WHOLE_RATIO_MAX,
  })
}

function pauseRow(zones: number, pairs: readonly Pair[]): BenchRow {
  const hand = pairs.map(({ hand: { activeMs } }) => activeMs)
  const baton = pairs.map(({ baton: { pauseMs } }) => pauseMs)
  return ratioRow(zones, {
    what: "write pause, against the new active's own swap by hand",
    baton,
    hand,
    ratioMax: PAUSE_RATIO_MAX,
  })
}

function updatesRow(zones: number, { wholeMs, pauseMs }: RunTimes): BenchRow {
  return {
    what: `whole switchover under ${UPDATES_PER_SECOND} updates a second, ${zones.toLocaleString('en')} zones`,
    figure: `${seconds(wholeMs)}, write pause ${seconds(pauseMs)}`,
    ratio: undefined,
    target: 'none',
    met: true,
  }
}

type Ratio = {
  readonly what: string
  readonly baton: readonly number[]
  readonly hand: readonly number[]
  readonly ratioMax: number
}

function ratioRow(zones: number, { what, baton, hand, ratioMax }: Ratio): BenchRow {
  const ratio = median(baton.map((ms, index) => ms / (hand[index] as number)))
  const isPromised = zones === SIZE_PROMISED
  return {
    what: `${what}, ${zones.toLocaleString('en')} zones`,
    figure: `${seconds(median(baton))}; by hand ${seconds(median(hand))}`,
    ratio,
    target: isPromised ? `at most ${ratioMax}` : 'none',
    met: !isPromised || ratio <= ratioMax,
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
