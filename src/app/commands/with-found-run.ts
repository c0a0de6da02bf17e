import { fail, type Problem, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { type FoundRun, findUnfinishedRun } from '../../io/journal/index.ts'
import { amongOurs } from './among-ours.ts'
import { journalCopies } from './copies.ts'
import type { Session, SessionOptions } from './session.ts'
import { withSession } from './with-session.ts'

/** Opens the fleet for as long as something is asked of the run that holds it; a refusal where none does. */
export function withFoundRun<Value>(
  options: SessionOptions,
  ask: (session: Session, found: FoundRun) => Promise<Result<Value, readonly Problem[]>>,
): Promise<Result<Value, readonly Problem[]>> {
  const find = amongOurs<Value>(async session => {
    const found = await findUnfinishedRun(journalCopies(session, []))
    if (!found.ok) return fail([found.error])
    return found.value === undefined ? fail([nothingUnfinished(session)]) : ask(session, found.value)
  })
  return withSession(options, find)
}

function nothingUnfinished(session: Session): Refusal {
  return refuse({
    code: 'engine.nothing-unfinished',
    subject: session.fleet.name,
    because: 'no peer is locked by a run',
    remedy: '`baton status` shows how the fleet stands, `baton history` what was done.',
  })
}
