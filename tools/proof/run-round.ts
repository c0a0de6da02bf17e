import { setTimeout as pause } from 'node:timers/promises'
import { killServer, startServer, stopServer } from '../../src/app/lab/index.ts'
import { failOver } from '../../test/support/fail-over.ts'
import { guard, marker } from '../../test/support/guarded-lab.ts'
import { must, type RejoinTelling, rejoin, resolveActives } from '../../test/support/rejoin.ts'
import { until } from '../../test/support/until.ts'
import type { Round } from './draw-round.ts'
import { type Judgement, judgeRound } from './judge-round.ts'
import { outcomeOf } from './outcome-of.ts'
import { ACTIVE, SECONDARIES, STANDBY, type Stage, signalServer } from './stage.ts'
import { Writing } from './writing.ts'

/** So many acknowledged through the new active show that it takes writes. */
const ACKNOWLEDGED_ENOUGH = 10

export type RoundResult = Judgement & { readonly updates: number }

/**
 * One failover under writes and all that follows it, up to equal content everywhere. Whatever does not come about is thrown, and
 * so is the reason of the signal; what is under way then is left to fail.
 */
export async function runRound(stage: Stage, round: Round, signal: AbortSignal): Promise<RoundResult> {
  const writing = new Writing(stage)
  writing.begin()
  try {
    for (const act of [takeAway, takeOver, comeBack, rejoinAll])
      await unlessAborted(act({ stage, round, writing }), signal)
  } finally {
    writing.end()
  }
  const written = await unlessAborted(writing.reports(), signal)
  const judgement = await unlessAborted(judgeRound(stage, written), signal)
  return { ...judgement, updates: written.updates.length }
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

type Scene = { readonly stage: Stage; readonly round: Round; readonly writing: Writing }

/** Everything up to the end of the active, and past it until a person would notice. */
async function takeAway({ stage, round }: Scene): Promise<void> {
  const { lab } = stage
  for (const server of round.down) await must(killServer(lab, server))
  const lags = [...round.lags].filter(([server]) => !round.down.includes(server))
  const stand = lags.map(async ([server, lagMs]) => {
    await pause(round.writingMs - lagMs)
    signalServer(stage, server, 'SIGSTOP')
  })
  await Promise.all([...stand, pause(round.writingMs)])
  await endActive(stage, round)
  for (const [server] of lags) signalServer(stage, server, 'SIGCONT')
  await pause(round.awayMs)
}

async function endActive(stage: Stage, { end, silence }: Round): Promise<void> {
  const { lab, relays, disk } = stage
  switch (end) {
    case 'killed':
      return must(killServer(lab, ACTIVE))
    case 'stopped':
      return must(stopServer(lab, ACTIVE))
    case 'cut-off':
      await Promise.all(relays.map(relay => relay.cut(silence)))
      return
    case 'disk-frozen':
      await disk?.freeze()
      signalServer(stage, ACTIVE, 'SIGSTOP')
      return
    case 'hung':
      signalServer(stage, ACTIVE, 'SIGSTOP')
  }
}

/** Zones that are written to all the time are never equal: the writers rest while the failover compares. */
async function takeOver({ stage, round, writing }: Scene): Promise<void> {
  const ended = await failOver(stage, {
    serials: round.serials,
    onEvent: (event, { plan }) => {
      if (event.kind === 'step-began' && plan.steps[event.step]?.kind === 'compare') writing.end()
    },
  })
  const outcome = outcomeOf(ended)
  if (outcome !== 'done') throw new Error(`the failover ended with ${outcome}`)
  writing.begin()
  await until('the new active takes updates', async () => writing.acknowledged() >= ACKNOWLEDGED_ENOUGH)
}

async function comeBack({ stage, round }: Scene): Promise<void> {
  const { lab, disk, relays } = stage
  if (round.downUntil === 'return') await startSecondaries(stage, round)
  const comesAsItWas = round.comesBack === 'watch' || round.comesBack === 'resolve'
  // Whoever waits for a disk is dead only when the disk goes again.
  if (!comesAsItWas) signalServer(stage, ACTIVE, 'SIGKILL')
  await disk?.thaw()
  if (!comesAsItWas) await must(killServer(lab, ACTIVE))
  // The way is open again. Where named does not run nobody listens; a relay that takes connections in seems to be one that is ill.
  if (round.comesBack === 'down') await Promise.all(relays.map(relay => relay.cut('refused')))
  else await mendRelays(stage)
  if (comesAsItWas) {
    signalServer(stage, ACTIVE, 'SIGCONT')
    if (round.end === 'killed' || round.end === 'stopped') await must(startServer(lab, ACTIVE, 'answering'))
    await pause(round.rivalMs)
  }
  if (round.comesBack === 'boot') {
    const { exit, output } = await guard(lab, ACTIVE, 'boot')
    if (exit !== 0) throw new Error(`guard boot: ${output}`)
    await must(startServer(lab, ACTIVE, 'answering'))
  }
  if (round.comesBack === 'watch') await until('its guard deposes it', () => isDeposed(stage))
}

async function mendRelays({ relays }: Stage): Promise<void> {
  await Promise.all(relays.map(relay => relay.fix()))
}

async function isDeposed({ lab }: Stage): Promise<boolean> {
  await guard(lab, ACTIVE, 'watch')
  return (await marker(lab, ACTIVE)).includes('role=standby')
}

/** The writers go on while the server is made a standby, and rest while content is compared. */
async function rejoinAll({ stage, round, writing }: Scene): Promise<void> {
  if (round.downUntil === 'rejoin') await startSecondaries(stage, round)
  const starts: Promise<void>[] = []
  const onEvent: RejoinTelling['onEvent'] = (event, { plan }) => {
    const kind = event.kind === 'step-began' ? plan.steps[event.step]?.kind : undefined
    if (kind === 'return' && round.comesBack === 'down')
      starts.push(mendRelays(stage).then(() => must(startServer(stage.lab, ACTIVE, 'answering'))))
    if (kind === 'heal') starts.push(pause(round.writingAfterMs).then(() => writing.end()))
  }
  const ended =
    round.comesBack === 'resolve'
      ? await resolveActives(stage, STANDBY, { onEvent })
      : await rejoin(stage, ACTIVE, { onEvent })
  await Promise.all(starts)
  const outcome = outcomeOf(ended)
  if (outcome !== 'done' && outcome !== 'nothing-to-do') throw new Error(`the rejoin ended with ${outcome}`)
}

async function startSecondaries({ lab }: Stage, { down }: Round): Promise<void> {
  const names = SECONDARIES.filter(name => down.includes(name))
  await Promise.all(names.map(name => must(startServer(lab, name, 'answering'))))
}
