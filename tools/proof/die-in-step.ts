import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type NothingToRun,
  type PreparedRun,
  preparePush,
  prepareRejoin,
  prepareResolve,
  prepareSwitchover,
} from '../../src/app/commands/index.ts'
import { killServer, type Lab, startServer } from '../../src/app/lab/index.ts'
import { ok, type Problem, type Result } from '../../src/core/base/index.ts'
import type { Plan } from '../../src/core/plan/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { addRecord, failOver, orderFailover, returnAsStandby } from '../../test/support/fail-over.ts'
import { makeActiveByHand, must } from '../../test/support/rejoin.ts'
import { beginStory, runToEnd, type Story } from '../../test/support/story.ts'
import { type DeathCell, OPERATIONS, PARTS, type Part, peersIn } from './death-cells.ts'
import { leadOn } from './lead-on.ts'
import { outcomeOf } from './outcome-of.ts'

const BATON_DIED = 'Baton died here'

export type DeathResult = {
  /** How the operation itself ended. */
  readonly itself: string
  readonly commands: readonly string[]
  readonly wrong: string | undefined
}

/** Lets somebody die when a step has begun, somebody else after that, and does what leads on; on servers of its own. */
export async function dieInStep(cell: DeathCell): Promise<DeathResult> {
  const peers = peersIn(cell)
  const story = await beginStory({ peers }, { 'convergence-max': '3s' })
  try {
    const { fleetFile, lab } = story
    const dead = new Set<string>()
    const kill = async (name: string) => {
      await must(killServer(lab, name))
      dead.add(name)
    }
    const bringBack = async (name: string) => {
      await must(startServer(lab, name, 'loaded'))
      dead.delete(name)
    }
    const deadBefore: readonly Part[] = OPERATIONS[cell.operation].deadBefore
    for (const part of deadBefore) await kill(PARTS[part])
    if (cell.operation === 'rejoin') await failOverAndReturn(story, { kill, dead })
    if (cell.operation === 'resolve') await makeActiveByHand(lab, PARTS.to, 'by-hand')
    const itself = await operateUntil(story, cell, { kill, dead })
    if (cell.next !== 'nobody') await kill(PARTS[cell.next])
    const { commands, active, wrong } = await leadOn({ fleetFile, peers, dead, bringBack })
    const end = wrong ?? (active === undefined ? 'nobody is active' : await takesWrites(lab, active))
    return { itself, commands, wrong: end }
  } finally {
    await story.remove()
  }
}

async function takesWrites(lab: Lab, active: string): Promise<string | undefined> {
  try {
    await addRecord(lab, active, 'afterwards')
    return undefined
  } catch (cause) {
    return String(cause)
  }
}

type Prepared = Result<PreparedRun | NothingToRun, readonly Problem[]>

type Killing = { readonly kill: (name: string) => Promise<void>; readonly dead: Set<string> }

/** The old active dies, is replaced, and comes back. */
async function failOverAndReturn(story: Story, { kill, dead }: Killing): Promise<void> {
  await kill(PARTS.from)
  const run = await failOver(story, { to: PARTS.to })
  if (!run.ok || run.value.outcome !== 'done') throw new Error(`no failover: ${outcomeOf(run)}`)
  await returnAsStandby(story.lab, PARTS.from)
  dead.delete(PARTS.from)
}

/** Runs the operation; when the step has begun, which the journal says first, it happens. */
async function operateUntil(story: Story, cell: DeathCell, { kill }: Killing): Promise<string> {
  const { dies, operation } = cell
  const state: { plan?: Plan | undefined; happened: boolean } = { happened: false }
  const happen = async () => {
    if (state.happened) return
    state.happened = true
    if (dies === 'baton') throw new Error(BATON_DIED)
    await kill(PARTS[dies])
  }
  const doors: Doors = {
    openHost: server => {
      const host = localHost(server.name)
      return ok({
        ...host,
        append: async file => {
          const appended = await host.append(file)
          const { plan } = state
          if (plan !== undefined && isIntent(file.content, stepOf(plan, cell))) await happen()
          return appended
        },
      })
    },
  }
  const prepared = await prepare(story, operation, doors)
  if (prepared.ok) state.plan = prepared.value.plan
  if (state.plan !== undefined && stepOf(state.plan, cell) < 0)
    throw new Error(`there is no ${cell.step} in the plan`)
  try {
    const outcome = outcomeOf(await runToEnd(prepared))
    if (!state.happened) throw new Error(`nobody died: ${outcome}`)
    return outcome
  } catch (cause) {
    if (cause instanceof Error && cause.message === BATON_DIED) return 'died'
    throw cause
  }
}

function prepare(story: Story, operation: DeathCell['operation'], doors: Doors): Promise<Prepared> {
  const { fleetFile, lab } = story
  const order = { ...doors, fleetFile, set: undefined, reason: 'a proof' }
  switch (operation) {
    case 'switchover':
    case 'switchover-of-two':
      return prepareSwitchover({ ...order, to: PARTS.to, without: [] })
    case 'failover':
    case 'failover-of-two':
      return orderFailover(story, { ...doors, to: PARTS.to })
    case 'rejoin':
      return prepareRejoin({ ...order, server: PARTS.from })
    case 'resolve':
      return prepareResolve({ ...order, keep: PARTS.to, term: 'higher' })
    case 'push':
      for (const { name } of lab.servers)
        appendFileSync(join(lab.folder, `base/${name}.conf`), '// changed\n')
      return preparePush(order)
  }
}

/** Of the steps of a kind a push is at its last: that of the active. */
function stepOf({ steps, operation }: Plan, { step }: DeathCell): number {
  const isIt = ({ kind }: Plan['steps'][number]) => kind === step
  return operation === 'push' ? steps.findLastIndex(isIt) : steps.findIndex(isIt)
}

function isIntent(line: string | Uint8Array, step: number): boolean {
  const text = typeof line === 'string' ? line : new TextDecoder().decode(line)
  return text.includes('"intent"') && text.includes(`"step":${step},`) && text.includes('"forward"')
}
