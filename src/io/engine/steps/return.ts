import { type Failure, failure, type Instant, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { foreignInWords, isOurs } from '../../../core/snapshot/index.ts'
import { seeMarker } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { stepDown } from './step-down.ts'

const INTERVAL_MS = 200
/** A named that was given its files a moment ago may still be reading them, in milliseconds. */
const READING_MAX_MS = 2000

/**
 * The marker is served by what named really runs, so it tells when the server is a standby. Where named does not run a
 * person has to start it. Where it runs as active somebody started it while it stepped down, with what was there before: it
 * steps down once more, which saves what it took, and only when that does not help a person has to restart it. A run that
 * waited in vain is resumed afterwards.
 */
export async function comeBack(
  context: RunContext,
  step: StepOf<'return'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const { clock, fleet } = context.links
  const deadlineMs = fleet.policy.convergenceMaxS * 1000
  const began = clock.elapsed()
  const ask = askOnce(context, step, clock.now() + deadlineMs)
  let ordered: Result<StepReport, Failure> | undefined
  const waited = await awaitCondition(
    { clock, deadlineMs, intervalMs: INTERVAL_MS, signal: context.signal },
    async (): Promise<Look<void>> => {
      const marker = await seeMarker(context.links, link, step.set)
      if (!marker.ok) {
        // Whoever answers with an error is there, and may be loading.
        if (marker.error.code.startsWith('net.')) ask('start named')
        return { kind: 'not-yet', failure: notReturned(step, marker.error.because, 'Start named') }
      }
      const { role, term } = marker.value
      if (!isOurs(fleet, step.server, marker.value)) {
        const because = foreignInWords(fleet, step.server, marker.value)
        return { kind: 'not-yet', failure: notReturned(step, because, 'Start its own named') }
      }
      if (role === 'standby') return { kind: 'holds', value: undefined }
      const hasRead = clock.elapsed() - began > READING_MAX_MS
      if (hasRead && ordered !== undefined) ask('restart named')
      if (hasRead) ordered ??= await stepDown(context, { ...step, kind: 'step-down' })
      const because = `it runs as ${role} in term ${term}, with what it read before`
      return { kind: 'not-yet', failure: notReturned(step, because, 'Restart named') }
    },
  )
  if (!waited.ok) return waited
  const saved = ordered?.ok === true ? ordered.value.remarks : []
  return ok(reportOf(...saved, `${step.server} answers as standby`))
}

function askOnce({ ask }: RunContext, { server }: StepOf<'return'>, until: Instant): (act: string) => void {
  const asked = new Set<string>()
  return act => {
    if (asked.has(act)) return
    asked.add(act)
    ask({ what: `${act} on ${server} now`, until })
  }
}

function notReturned({ server }: StepOf<'return'>, because: string, act: string): Failure {
  return failure({
    code: 'rejoin.not-returned',
    subject: server,
    because: `it does not answer as standby: ${because}`,
    remedy: `${act} on ${server}: its files make it a standby. Then \`baton resume\`.`,
  })
}
