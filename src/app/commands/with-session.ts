import type { Problem, Result } from '../../core/base/index.ts'
import { openSession, type Session, type SessionOptions } from './session.ts'

/** Opens the fleet for as long as something is asked of it, and closes it whatever comes of that. */
export async function withSession<Value>(
  options: SessionOptions,
  ask: (session: Session) => Promise<Result<Value, readonly Problem[]>>,
): Promise<Result<Value, readonly Problem[]>> {
  const session = await openSession(options)
  if (!session.ok) return session
  try {
    return await ask(session.value)
  } finally {
    await session.value.close()
  }
}
