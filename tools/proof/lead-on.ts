import { describeUnfinished, resume, rollback, status } from '../../src/app/commands/index.ts'
import type { RunDocument, UnfinishedRun } from '../../src/app/contract/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import { failOver } from '../../test/support/fail-over.ts'
import { UNWATCHED } from '../../test/support/story.ts'
import { outcomeOf } from './outcome-of.ts'

/** As long as commands lead on it goes on, and no state needs more of them. */
const COMMANDS_MAX = 4

/** The commands that were run, as a person types them, and how it ended. */
export type WayOut = {
  readonly commands: readonly string[]
  readonly active: string | undefined
  readonly wrong: string | undefined
}

type Command = {
  readonly words: string
  readonly run: () => Promise<Result<RunDocument, readonly Problem[]>>
}

/** Does what the pages tell an operator to do, until a server that lives is active and nothing is unfinished. */
export async function leadOn(fleetFile: string, dead: ReadonlySet<string>): Promise<WayOut> {
  const commands: string[] = []
  for (let count = 0; count <= COMMANDS_MAX; count++) {
    const seen = await status({ fleetFile })
    if (!seen.ok) return { commands, active: undefined, wrong: 'status does not tell' }
    const isHeld = seen.value.verdicts.some(({ code }) => code === 'snapshot.run-unfinished')
    const active = seen.value.sets[0]?.active ?? undefined
    if (!isHeld && active !== undefined && !dead.has(active)) return { commands, active, wrong: undefined }
    const unfinished = isHeld ? await describeUnfinished({ fleetFile }) : undefined
    if (unfinished?.ok === false) return { commands, active, wrong: codes(unfinished.error) }
    const command = choose(fleetFile, unfinished?.value, dead)
    commands.push(command.words)
    const ran = await command.run()
    if (!ran.ok || ran.value.outcome === 'incomplete')
      return { commands, active, wrong: `${command.words}: ${outcomeOf(ran)}` }
  }
  return { commands, active: undefined, wrong: `more than ${COMMANDS_MAX} commands` }
}

/** Table: what is unfinished, and who is dead, and so the command. */
function choose(fleetFile: string, run: UnfinishedRun | undefined, dead: ReadonlySet<string>): Command {
  const peers = [...dead].filter(name => name.startsWith('ns'))
  const fencedByName = new Map(peers.map(name => [name, 'its rack has no power']))
  const order = { fleetFile, takeOver: true, watch: UNWATCHED }
  const fences = peers.map(name => ` --fenced ${name}="…"`).join('')
  const byFailover = {
    words: `baton failover${fences}`,
    run: () => failOver({ fleetFile }, { fenced: undefined, fencedByName }),
  }
  const byRollback = (without: readonly string[]): Command => ({
    words: `baton rollback${without.length > 0 ? ` --without ${without.join(' ')}` : ''}`,
    run: () => rollback({ ...order, without }),
  })
  const byResume = (without: readonly string[]): Command => {
    if (isUntouched(run)) return byRollback(without)
    const fenced = new Map([...fencedByName].filter(([name]) => without.includes(name)))
    const words = without.map(name => ` --fenced ${name}="…"`).join('')
    return { words: `baton resume${words}`, run: () => resume({ ...order, fencedByName: fenced }) }
  }
  if (run === undefined) return byFailover
  const { operation, from, to } = run
  const isDead = (name: string | null) => name !== null && dead.has(name)
  const others = peers.filter(name => name !== from && name !== to)
  switch (operation) {
    case 'switchover':
      if (isDead(from)) return byFailover
      if (isDead(to)) return isPromoting(run) ? byFailover : byRollback([])
      return byResume(others)
    case 'failover':
      return isDead(to) ? byFailover : byResume(others)
    case 'push':
      return dead.has('ns1') ? byFailover : dead.size > 0 ? byRollback([...dead]) : byResume([])
    default:
      if (isDead(to)) return byFailover
      return peers.length > 0 ? byRollback(peers) : byResume([])
  }
}

/** Without a step that had begun it is ordered anew. */
function isUntouched(run: UnfinishedRun | undefined): boolean {
  return run?.direction === 'forward' && run.steps.every(({ progress }) => progress === 'untouched')
}

/** Once it may have been open, only a failover finds what it took. */
function isPromoting({ steps }: UnfinishedRun): boolean {
  return steps.some(
    ({ step, progress }) => step.endsWith(': updates are taken from here') && progress !== 'untouched',
  )
}

function codes(problems: readonly Problem[]): string {
  return problems.map(({ code }) => code).join(' ')
}
