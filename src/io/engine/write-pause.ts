import { type Failure, fail, failure, type Result } from '../../core/base/index.ts'
import type { RunContext } from './context.ts'

/** Less than this and a further look makes no sense, in milliseconds. */
const LEFT_MIN_MS = 100

/**
 * What is left of `write-pause-max`, in milliseconds: one deadline for everything from the freeze to the promotion, which
 * begins with the first that asks.
 */
export function pauseLeftMs({ memory, links: { clock, fleet } }: RunContext): number {
  memory.pauseBegan ??= clock.elapsed()
  return memory.pauseBegan + fleet.policy.writePauseMaxS * 1000 - clock.elapsed()
}

/** Does what belongs to the pause: no question and no command may outlast it, and when it is over that is the reason. */
export async function withinPause<Value>(
  context: RunContext,
  subject: string,
  act: (context: RunContext) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const left = pauseLeftMs(context)
  if (left < LEFT_MIN_MS) return fail(pauseOver(context, subject))
  const questionMs = Math.min(context.links.questionMs, left)
  const done = await act({ ...context, links: context.links.within({ questionMs, commandMs: left }) })
  return done.ok || pauseLeftMs(context) >= LEFT_MIN_MS ? done : fail(pauseOver(context, subject, done.error))
}

function pauseOver({ links }: RunContext, subject: string, cause?: Failure): Failure {
  const max = links.fleet.policy.writePauseMaxS
  const why = cause === undefined ? '' : `; the last that was seen: ${cause.subject}: ${cause.because}`
  return failure({
    code: 'engine.pause-over',
    subject,
    because: `writes had paused for ${max} s, the most that write-pause-max allows${why}`,
    remedy: cause?.remedy ?? 'Raise write-pause-max in baton.yaml if your servers need longer.',
  })
}
