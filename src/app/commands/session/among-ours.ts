import { fail, type Problem, type Result } from '../../../core/base/index.ts'
import type { Session } from './session.ts'

type Ask<Value> = (session: Session) => Promise<Result<Value, readonly Problem[]>>

/**
 * Asks only where no peer says that it is another one, or of another fleet: what is found there says nothing of this
 * fleet. Peers that are left out may say what they like.
 */
export function amongOurs<Value>(ask: Ask<Value>, leftOut: readonly string[] = []): Ask<Value> {
  return async session => {
    const foreign = session.foreign.filter(({ subject }) => !leftOut.includes(subject))
    return foreign.length > 0 ? fail(foreign) : ask(session)
  }
}
