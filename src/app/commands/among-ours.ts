import { fail, type Problem, type Result } from '../../core/base/index.ts'
import type { Session } from './session.ts'

type Ask<Value> = (session: Session) => Promise<Result<Value, readonly Problem[]>>

/** Asks only where no peer says that it is another one, or of another fleet: what is found there says nothing of this fleet. */
export function amongOurs<Value>(ask: Ask<Value>): Ask<Value> {
  return async session => (session.foreign.length > 0 ? fail(session.foreign) : ask(session))
}
