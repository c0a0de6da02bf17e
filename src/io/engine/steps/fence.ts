import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import { markerOf } from '../../../core/fleet/index.ts'
import type { FenceStep } from '../../../core/plan/index.ts'
import { lastSaid, runFence } from '../../hosts/index.ts'
import { queryTxt } from '../../net/index.ts'
import { viewKey } from '../../observe/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'

/** A server that is well answers at once; a longer wait would be time in which nobody can write. */
const ANSWER_DEADLINE_MS = 1500

/** Whoever is deposed must not take writes any more: the fence sees to it, and then it must not answer. */
export async function fence(context: RunContext, step: FenceStep): Promise<Result<StepReport, Failure>> {
  const held = await context.stillHeld()
  if (!held.ok) return held
  const fenced =
    step.by.kind === 'word' ? ok(step.by.words) : await callFence(context, step.server, step.by.program)
  if (!fenced.ok) return fenced
  const silent = await seeSilent(context, step.server)
  return silent.ok ? ok(reportOf(`${step.server} is fenced: ${fenced.value}`)) : silent
}

async function callFence(
  { signal }: RunContext,
  server: string,
  program: string,
): Promise<Result<string, Failure>> {
  const ran = await runFence(program, server, { signal })
  if (!ran.ok) return ran
  const { exit, stdout, stderr, elapsedMs } = ran.value
  const said = lastSaid(`${stdout}\n${stderr}`)
  if (exit === 0) return ok(said === '' ? `${program} exited with 0` : said)
  return fail(
    failure({
      code: 'failover.fence-failed',
      subject: server,
      because: `${program} exited with ${exit}${said === '' ? '' : ` and said: ${said}`}`,
      remedy: 'Mend what it says, or see to it yourself and say how with --fenced.',
      elapsedMs,
    }),
  )
}

async function seeSilent(context: RunContext, server: string): Promise<Result<void, Failure>> {
  const { fleet } = context.links
  const marker = markerOf(fleet, context.plan.handover?.set ?? '')
  const key = viewKey(context.links, fleet.views[0]?.name ?? '_default')
  const { dns } = linkTo(context, server)
  const answer = await queryTxt(dns, marker, { key, deadlineMs: ANSWER_DEADLINE_MS })
  if (!answer.ok) return ok(undefined)
  return fail(
    failure({
      code: 'failover.active-answers',
      subject: server,
      because: 'it answers although it is said to be fenced',
      remedy: 'Stop it, or switch over with `baton switchover` if it is well.',
    }),
  )
}
