import { describeUnfinished, prepareResolve, resume, rollback, status } from '../../src/app/commands/index.ts'
import type { RunDocument, UnfinishedRun } from '../../src/app/contract/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import { failOver } from '../../test/support/fail-over.ts'
import { runToEnd, UNWATCHED } from '../../test/support/story.ts'
import { outcomeOf } from './outcome-of.ts'

/** As long as commands lead on it goes on, and no state needs more of them. */
const COMMANDS_MAX = 4

/** The commands that were run, as a person types them, and who was started between them; and how it ended. */
export type WayOut = {
  readonly commands: readonly string[]
  readonly active: string | undefined
  readonly wrong: string | undefined
}

type Command = {
  readonly words: string
  readonly run: () => Promise<Result<RunDocument, readonly Problem[]>>
}

/** A fleet in which somebody died. */
export type Deaths = {
  readonly fleetFile: string
  readonly peers: readonly string[]
  /** In the order in which they died. */
  readonly dead: ReadonlySet<string>
  /** A person starts its named again. */
  readonly bringBack: (name: string) => Promise<void>
}

/** Does what `status` tells an operator to do, until a server that lives is active and nothing is unfinished. */
export async function leadOn(deaths: Deaths): Promise<WayOut> {
  const { fleetFile, peers, dead } = deaths
  const commands: string[] = []
  for (let count = 0; count <= COMMANDS_MAX; count++) {
    const seen = await status({ fleetFile })
    if (!seen.ok) return { commands, active: undefined, wrong: 'status does not tell' }
    const { verdicts, sets } = seen.value
    const isHeld = verdicts.some(({ code }) => code === 'snapshot.run-unfinished')
    const active = sets[0]?.active ?? undefined
    if (!isHeld && active !== undefined && !dead.has(active)) return { commands, active, wrong: undefined }
    const told = verdicts.map(({ remedy }) => remedy)
    if (peers.every(name => dead.has(name))) {
      const back = await bringBackLast(deaths, told)
      commands.push(back.words)
      if (back.wrong !== undefined) return { commands, active, wrong: back.wrong }
      continue
    }
    const unfinished = isHeld ? await describeUnfinished({ fleetFile }) : undefined
    if (unfinished?.ok === false) return { commands, active, wrong: codes(unfinished.error) }
    const kept = /`baton resolve --keep (\S+)`/.exec(told.join(' '))?.[1]
    const command =
      unfinished === undefined && kept !== undefined
        ? byResolve(fleetFile, kept)
        : choose(fleetFile, unfinished?.value, dead)
    commands.push(command.words)
    if (!isTold(command.words, told))
      return { commands, active, wrong: `status names another way: ${told.join(' ')}` }
    const ran = await command.run()
    if (!ran.ok || ran.value.outcome === 'incomplete')
      return { commands, active, wrong: `${command.words}: ${outcomeOf(ran)}` }
  }
  return { commands, active: undefined, wrong: `more than ${COMMANDS_MAX} commands` }
}

/** With no peer left no command leads on, and both `status` and `failover` say so: the one that died last is started again. */
async function bringBackLast(
  { fleetFile, peers, dead, bringBack }: Deaths,
  told: readonly string[],
): Promise<{ readonly words: string; readonly wrong: string | undefined }> {
  const last = [...dead].findLast(name => peers.includes(name)) ?? ''
  const words = `${last} is brought back`
  const fencedByName = new Map(peers.map(name => [name, 'its rack has no power']))
  const refused = await failOver({ fleetFile }, { fenced: undefined, fencedByName })
  const isTelling = !refused.ok && refused.error.some(({ code }) => code === 'failover.nobody-left')
  if (!isTelling) return { words, wrong: `baton failover: ${outcomeOf(refused)}` }
  if (!told.some(remedy => remedy.includes('start named on one'))) return { words, wrong: told.join(' ') }
  await bringBack(last)
  return { words, wrong: undefined }
}

/** Whether one of the remedies names the command; that of a failover need not say who is to be fenced, for the failover does. */
function isTold(words: string, told: readonly string[]): boolean {
  const wanted = wordsIn(words)
  const named = told.flatMap(remedy =>
    [...remedy.matchAll(/`(baton [^`]+)`/g)].map(([, text]) => wordsIn(text ?? '')),
  )
  return named.some(
    text => text === wanted || (wanted.startsWith('baton failover') && text.startsWith('baton failover')),
  )
}

/** A command without what a person says of a server, its options in one order. */
function wordsIn(command: string): string {
  const [program, verb, ...options] = command.replaceAll(/="[^"]*"/g, '').split(' ')
  return [program, verb, ...options.toSorted()].join(' ')
}

/** Two are active still, and the remedy of that says which one is to stay. */
function byResolve(fleetFile: string, keep: string): Command {
  const order = { fleetFile, keep, set: undefined, term: 'higher', reason: 'a proof' } as const
  return {
    words: `baton resolve --keep ${keep}`,
    run: async () => runToEnd(await prepareResolve(order)),
  }
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
      if (isDead(to)) return isPromoting(run) ? byFailover : byRollback(isUntouched(run) ? peers : [])
      return byResume(others)
    case 'failover':
      return isDead(to) ? byFailover : byResume(others)
    case 'push':
      return dead.has('ns1') ? byFailover : dead.size > 0 ? byRollback([...dead]) : byResume([])
    // The other one of the two may be active still, and then it is the only one.
    case 'resolve':
      return peers.length > 0 ? byRollback(peers) : byResume([])
    default:
      if (isDead(to)) return byFailover
      return peers.length > 0 ? byRollback(peers) : byResume([])
  }
}

/** Without a step that had begun it is ordered anew. */
function isUntouched(run: UnfinishedRun | undefined): boolean {
  return run?.steps.every(({ progress }) => progress === 'untouched') === true
}

/** Once it may have been open, only a failover finds what it took. */
function isPromoting({ steps }: UnfinishedRun): boolean {
  return steps.some(
    ({ step, progress }) =>
      step.endsWith(': updates are taken from here') && (progress === 'begun' || progress === 'done'),
  )
}

function codes(problems: readonly Problem[]): string {
  return problems.map(({ code }) => code).join(' ')
}
