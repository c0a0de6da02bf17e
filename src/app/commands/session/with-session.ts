import type { Problem, Result } from '../../../core/base/index.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'

/** Opens the fleet for as long as something is asked of it, and closes it whatever comes of that, unless what came keeps it. */
export async function withSession<Value>(
  options: SessionOptions,
  ask: (session: Session) => Promise<Result<Value, readonly Problem[]>>,
  keeps: (value: Value) => boolean = () => false,
): Promise<Result<Value, readonly Problem[]>> {
  const session = await openSession(options)
  if (!session.ok) return session
  let isKept = false
  try {
    const answer = await ask(session.value)
    isKept = answer.ok && keeps(answer.value)
    return answer
  } finally {
    if (!isKept) await session.value.close()
  }
}
