import { type Failure, fail, failure, type Result } from '../../../core/base/index.ts'
import type { RunContext } from '../context.ts'

/** Less than this and a further look makes no sense, in milliseconds. */
const LEFT_MIN_MS = 100

/** Does what belongs to the pause: no question and no command may outlast it, and when it is over that is the reason. */
export async function withinPause<Value>(
  context: RunContext,
  subject: string,
  act: (context: RunContext) => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const left = context.pause.leftMs()
  if (left < LEFT_MIN_MS) return fail(pauseOver(context, subject))
  const questionMs = Math.min(context.links.questionMs, left)
  const done = await act({ ...context, links: context.links.within({ questionMs, commandMs: left }) })
  return done.ok || context.pause.leftMs() >= LEFT_MIN_MS
    ? done
    : fail(pauseOver(context, subject, done.error))
}

function pauseOver({ links }: RunContext, subject: string, cause?: Failure): Failure {
  const max = links.fleet.policy.writePauseMaxS
  const why = cause === undefined ? '' : `. Last state: ${cause.subject}: ${cause.because}`
  return failure({
    code: 'engine.pause-over',
    subject,
    because: `gave up after ${max} s without writes (write-pause-max)${why}`,
    remedy: cause?.remedy ?? 'Raise write-pause-max in baton.yaml if your servers need longer.',
  })
}
