import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { killServer, type Lab, labFleet, labZones } from '../src/app/lab/index.ts'
import { prerequisiteOnlyUpdate } from '../src/core/dns/index.ts'
import { DnsClient, sendUpdate } from '../src/io/net/index.ts'
import { awaitQuiet } from '../test/support/await-quiet.ts'
import { keyOf, withLargeLab } from './fleet/large-lab.ts'
import { runBaton } from './fleet/run-baton.ts'
import { swapByHand } from './fleet/swap-by-hand.ts'
import { takeOverByHand } from './fleet/take-over-by-hand.ts'
import type { BenchRow } from './row.ts'

const SIZES = [2_000, 20_000]
/** The size whose ratio is promised; the other shows how it grows. */
const SIZE_PROMISED = 2_000
const RATIO_MAX = 1.5
const POLL_MS = 10
const ANSWER_DEADLINE_MS = 500

/**
 * From the start of `baton failover` until the standby takes an update, as seen from outside, against the same steps by
 * hand without any check. The old active is killed, so that nobody waits for it.
 */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const zones of SIZES) rows.push(await withLargeLab(zones, measure))
  return rows
}

async function measure(lab: Lab): Promise<BenchRow> {
  const [gone = '', heir = ''] = lab.plan.peers
  const fleet = labFleet(lab)
  if (!fleet.ok) throw new Error(fleet.error.because)
  await killServer(lab, gone)
  await awaitQuiet(lab)
  const handMs = await takeOverByHand(lab, heir, fleet.value.policy.serialStep)
  await awaitQuiet(lab)
  await swapByHand(lab, heir, 'standby')
  await awaitQuiet(lab)
  const batonMs = await takeOverByBaton(lab, heir)
  const ratio = batonMs / handMs
  const isPromised = lab.plan.zones === SIZE_PROMISED
  return {
    what: `from the command of a failover to writes open, against the same steps by hand, ${lab.plan.zones.toLocaleString('en')} zones`,
    figure: `${seconds(batonMs)}; by hand ${seconds(handMs)}`,
    ratio,
    target: isPromised ? `at most ${RATIO_MAX}` : 'none',
    met: !isPromised || ratio <= RATIO_MAX,
  }
}

async function takeOverByBaton(lab: Lab, heir: string): Promise<number> {
  const started = performance.now()
  const stop = new AbortController()
  const opened = awaitOpen(lab, heir, stop.signal)
  const args = ['failover', '--fleet', join(lab.folder, 'baton.yaml'), '--fenced', 'killed', '--yes']
  try {
    await runBaton({ args })
  } finally {
    stop.abort()
  }
  return (await opened) - started
}

/** When a server first took an update, by `performance.now()`; its last zone is asked for, which opens no earlier. */
async function awaitOpen(lab: Lab, name: string, signal: AbortSignal): Promise<number> {
  const server = lab.servers.find(candidate => candidate.name === name)
  const zone = labZones(lab.plan).findLast(({ updates }) => updates !== 'none')
  if (server === undefined || zone === undefined) throw new Error(`the lab has no ${name} that takes updates`)
  const client = new DnsClient(server.dns)
  const key = keyOf(lab, 'writer')
  const update = prerequisiteOnlyUpdate(zone.name)
  try {
    while (!signal.aborted) {
      const answer = await sendUpdate(client, update, { key, deadlineMs: ANSWER_DEADLINE_MS })
      if (answer.ok && answer.value.rcode === 'NOERROR') return performance.now()
      await pause(POLL_MS)
    }
    throw new Error(`${name} took no update`)
  } finally {
    client.close()
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
