import { join } from 'node:path'
import { status } from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import type { Lab } from '../../src/app/lab/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import type { Moment } from '../../test/support/dying-host.ts'
import { findFaults } from '../../test/support/find-faults.ts'
import { checkOutAgain } from '../../test/support/second-checkout.ts'
import { startTraffic } from '../../test/support/traffic.ts'
import { dieAt } from './die-at.ts'
import { judgeEvidence } from './judge-evidence.ts'
import { operate } from './operate.ts'
import { outcomeOf } from './outcome-of.ts'

const TRAFFIC = { updatesPerSecond: 40, queriesPerSecond: 100 }

/** What is tried after the death, and how often writing may change sides on the way. */
export const CRASH_LOOPS = {
  /** The run is finished by another checkout. */
  resume: { turnsMax: 2 },
  /** The run is taken back by another checkout, or finished where it is past the point of no return. */
  rollback: { turnsMax: 3 },
  /** Whoever resumes is killed as well, and a third takes the run to its end. */
  'resume-dies': { turnsMax: 2 },
  /** Whoever rolls back is killed as well, and a third takes the run to its end. */
  'rollback-dies': { turnsMax: 3 },
} as const

export type CrashLoop = keyof typeof CRASH_LOOPS

/** Where a switchover dies, and at which of its own writes whoever takes it up does. */
export type Crash = {
  readonly loop: CrashLoop
  readonly write: number
  readonly moment: Moment
  readonly writeOfRecovery: number
}

export type CrashResult = {
  readonly died: boolean
  /** How many writes there were, where it lived. */
  readonly writes: number | undefined
  /** How the run ended: `done`, `rolled-back`, or the code of a refusal. */
  readonly outcome: string
  readonly updates: number
  /** What is not as it should be, in words. */
  readonly faults: readonly string[]
}

/** Kills a switchover under writes, has it taken up, and looks at everything afterwards. */
export async function crashAt(lab: Lab, crash: Crash): Promise<CrashResult> {
  const fleetFile = join(lab.folder, 'baton.yaml')
  const before = await seeActive(fleetFile)
  const to = lab.servers.find(({ kind, name }) => kind === 'peer' && name !== before.active)?.name
  const traffic = startTraffic(lab, TRAFFIC)
  const death = await dieAt({ ...crash, fleetFile, operation: 'switchover', to })
  const outcome = death.kind === 'lived' ? death.outcome : await takeUp(lab, crash)
  const evidence = await traffic.stop()
  const after = { active: to ?? '', term: before.term + 1 }
  const standings = outcome === 'done' ? [after] : outcome === 'rolled-back' ? [before] : [before, after]
  const isKnown = ['done', 'rolled-back', 'engine.nothing-unfinished'].includes(outcome)
  const faults = [
    ...(isKnown ? [] : [`it ended with ${outcome}`]),
    ...judgeEvidence(evidence, CRASH_LOOPS[crash.loop]),
    ...(await findFaults(lab, { standings, written: evidence.written })),
  ]
  return {
    died: death.kind === 'died',
    writes: death.kind === 'lived' ? death.writes : undefined,
    outcome,
    updates: evidence.written.acknowledged,
    faults,
  }
}

async function seeActive(fleetFile: string): Promise<{ readonly active: string; readonly term: number }> {
  const seen = await status({ fleetFile })
  const set = seen.ok ? seen.value.sets[0] : undefined
  return { active: set?.active ?? 'nobody', term: set?.term ?? 0 }
}

/** From a checkout that has seen nothing of the run. */
async function takeUp(lab: Lab, crash: Crash): Promise<string> {
  const fleetFile = await checkOutAgain(lab)
  switch (crash.loop) {
    case 'resume':
      return finish(fleetFile)
    case 'rollback':
      return takeBack(fleetFile)
    case 'resume-dies':
      await dieAt({ ...recoveryOf(crash), fleetFile, operation: 'resume' })
      return finish(await checkOutAgain(lab))
    case 'rollback-dies':
      await dieAt({ ...recoveryOf(crash), fleetFile, operation: 'rollback' })
      return takeBack(await checkOutAgain(lab))
  }
}

function recoveryOf({ writeOfRecovery, moment }: Crash) {
  return { write: writeOfRecovery, moment, to: undefined }
}

/** A run that died before its first step has done nothing, and only its locks are to be given back. */
async function finish(fleetFile: string): Promise<string> {
  const resumed = await operate(fleetFile, ['resume'])
  const hadNotBegun = refusedWith(resumed, 'engine.plan-missing') || refusedWith(resumed, 'engine.not-begun')
  return outcomeOf(hadNotBegun ? await operate(fleetFile, ['rollback']) : resumed)
}

async function takeBack(fleetFile: string): Promise<string> {
  const taken = await operate(fleetFile, ['rollback'])
  return outcomeOf(refusedWith(taken, 'engine.past-return') ? await operate(fleetFile, ['resume']) : taken)
}

type Ran = Result<RunDocument, readonly Problem[]>

function refusedWith(ran: Ran, code: Problem['code']): boolean {
  return !ran.ok && ran.error.some(problem => problem.code === code)
}
