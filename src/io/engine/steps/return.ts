import { type Failure, failure, ok, type Result } from '../../../core/base/index.ts'
import type { ReturnStep } from '../../../core/plan/index.ts'
import { seeMarker } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'

const INTERVAL_MS = 200

/**
 * The marker is served by what named really runs, so it tells when the server is a standby. Where named does not run a
 * person has to start it, and restart it where it runs as active; a run that waited in vain is resumed afterwards.
 */
export async function comeBack(context: RunContext, step: ReturnStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const { clock, fleet } = context.links
  const waited = await awaitCondition(
    {
      clock,
      deadlineMs: fleet.policy.convergenceMaxS * 1000,
      intervalMs: INTERVAL_MS,
      signal: context.signal,
    },
    async (): Promise<Look<void>> => {
      const marker = await seeMarker(context.links, link, step.set)
      if (!marker.ok)
        return { kind: 'not-yet', failure: notReturned(step, marker.error.because, 'Start named') }
      const { role, term } = marker.value
      if (role === 'standby') return { kind: 'holds', value: undefined }
      const because = `it runs as ${role} in term ${term}, with what it read before`
      return { kind: 'not-yet', failure: notReturned(step, because, 'Restart named') }
    },
  )
  return waited.ok ? ok(reportOf(`${step.server} answers as standby`)) : waited
}

function notReturned({ server }: ReturnStep, because: string, act: string): Failure {
  return failure({
    code: 'rejoin.not-returned',
    subject: server,
    because: `it does not answer as standby: ${because}`,
    remedy: `${act} on ${server}: its files make it a standby. Then \`baton resume\`.`,
  })
}
