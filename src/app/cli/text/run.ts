import type { RunDocument } from '../../contract/index.ts'
import { type Line, line, type Piece, tell } from './layout/line.ts'
import { pauseInWords, printDuration, withDays } from './layout/time.ts'
import { wrap } from './layout/wrap.ts'
import { leftOutLines } from './left-out.ts'

export type RunShape = {
  readonly width: number
  /** Whether an unfinished run could still be taken back, as far as was seen. */
  readonly return: 'open' | 'closed'
}

/** How a run ended: the outcome, the write pause, how long it took, what a person should know of it. */
export function runLines(run: RunDocument, shape: RunShape): readonly Line[] {
  const { width } = shape
  return [
    ...wrap([outcomePiece(run), tell(`: ${withDays(outcomeInWords(run))}`)], { width, hang: 2 }),
    ...(run.outcome === 'incomplete' ? remedyLines(run, shape) : timeLines(run, width)),
    ...leftOutLines(run.leftOut, { width, hang: 2 }),
    ...[...countSame(run.remarks), ...run.rescues].flatMap(remark =>
      wrap(line(`  ${withDays(remark)}`), { width, hang: 4 }),
    ),
    ...(run.operation === 'failover' && run.outcome === 'done' ? nextLines(run, width) : []),
    ...(run.unwell ? wrap(line(`  → ${UNWELL}`), { width, hang: 4 }) : []),
  ]
}

/** Content that differs shows in no status. */
const UNWELL =
  'See `baton status`; where content differs `baton verify` shows the records, and the command that heals them.'

/** Whoever reads this has one server that is gone, and it was active. */
function nextLines({ from }: RunDocument, width: number): readonly Line[] {
  const next = `When ${from} is back: with a guard, start it, then run \`baton rejoin ${from}\`. Without a guard, run \`baton rejoin ${from}\` first; it tells you when to start named.`
  return wrap([tell('  → ', 'faint'), tell(next)], { width, hang: 4 })
}

function outcomePiece({ outcome, unwell }: RunDocument): Piece {
  switch (outcome) {
    case 'done':
      return unwell ? tell('done, but not well', 'warning') : tell('done', 'good')
    case 'nothing-to-do':
      return tell('nothing to do', 'good')
    case 'superseded':
      return tell('superseded', 'warning')
    case 'rolled-back':
      return tell('rolled back', 'warning')
    case 'incomplete':
      return tell('incomplete', 'bad')
  }
}

function outcomeInWords(document: RunDocument): string {
  const { outcome, because, run, operation, from, to, term, problems, leftOut } = document
  const isRejoin = operation === 'rejoin' || operation === 'resolve'
  switch (outcome) {
    case 'done':
      if (operation === 'push') return 'every server has its files'
      if (operation === 'peer-remove') return `${leftOut.join(', ')} is out of the fleet for good`
      if (isRejoin) return `${from} is a standby of ${to} in term ${term}`
      return `${to} is active in term ${term}`
    case 'nothing-to-do':
      return because ?? 'all is as it should be'
    case 'superseded':
      return because ?? 'another run took over'
    case 'rolled-back': {
      const but = leftOut.length > 0 ? ` but on ${leftOut.join(', ')}` : ''
      const state = isRejoin
        ? 'it is given up, and what was done of it stays'
        : from === null || operation === 'failover'
          ? `everything is as it was${but}`
          : `everything is as it was, and ${from} is active`
      return because === null ? state : `${state}, because ${because}`
    }
    case 'incomplete':
      return wasOvertaken(problems)
        ? `run ${run} is somebody else's now, and this process stopped`
        : `run ${run} stopped in its middle and holds the fleet`
  }
}

function timeLines(run: RunDocument, width: number): readonly Line[] {
  const { elapsedMs, outcome } = run
  if (outcome === 'nothing-to-do') return []
  const pause = pauseInWords(run)
  return wrap(line(`  ${[...pause, `${printDuration(elapsedMs)} in all`].join(', ')}`), { width, hang: 2 })
}

function wasOvertaken(problems: RunDocument['problems']): boolean {
  return problems.some(({ code }) => code === 'engine.overtaken')
}

/** Of a run that somebody else took over, the problem itself says where to look. */
function remedyLines({ problems, operation }: RunDocument, { width, ...shape }: RunShape): readonly Line[] {
  if (wasOvertaken(problems)) return []
  const remedy =
    shape.return === 'open'
      ? '`baton resume` takes it to its end, `baton rollback` back to where it began.'
      : '`baton resume` takes it to its end; it cannot be taken back any more.'
  const lost =
    operation === 'switchover' || operation === 'failover'
      ? ' If a server is lost for good, `baton status` names the way.'
      : ' If a server is lost, `baton rollback --without NAME` ends it.'
  return wrap([tell('  → ', 'faint'), tell(remedy + lost)], { width, hang: 4 })
}

/** Many servers often have the same to say. */
function countSame(remarks: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const remark of remarks) counts.set(remark, (counts.get(remark) ?? 0) + 1)
  return [...counts].map(([remark, count]) => (count === 1 ? remark : `${remark} (${count} times)`))
}
