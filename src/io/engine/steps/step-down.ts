import { setTimeout as pause } from 'node:timers/promises'
import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { batonFolder, type ServerLink } from '../../observe/index.ts'
import { allZonesOf, linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { installChanges } from '../files/files.ts'
import { configurationsOf, protectFiles } from '../files/protect-files.ts'

/** Copying the files of 20,000 zones and asking for each to be transferred anew takes minutes. */
const GUARD_DEADLINE_MS = 900_000

/** The guard that a dead run had ordered goes on without it, and two at once may stand in each other's way. */
const ORDERS_MAX = 3
const ORDER_AGAIN_MS = 2_000

/** The guard on the server does it, as it would by itself: nothing is removed before everything is saved. */
export async function stepDown(
  context: RunContext,
  step: StepOf<'step-down'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const written = await writeGuard(context, link, step)
  if (!written.ok) return written
  for (let order = 1; ; order++) {
    const ordered = await orderGuard(link, step)
    if (ordered.ok || order === ORDERS_MAX) return ordered
    await pause(ORDER_AGAIN_MS)
  }
}

/**
 * A server that was away may have the guard of an older Baton, which does not know the order, and may be one whose folder was
 * named's: root runs nothing in it before it is root's.
 */
async function writeGuard(
  context: RunContext,
  link: ServerLink,
  { guard = [] }: StepOf<'step-down'>,
): Promise<Result<void, Failure>> {
  const files = [...configurationsOf(link), ...guard]
  const safe = await protectFiles(link, { files, zones: allZonesOf(context, link.server.name) })
  return safe.ok ? installChanges(context, link, guard) : safe
}

async function orderGuard(link: ServerLink, step: StepOf<'step-down'>): Promise<Result<StepReport, Failure>> {
  const ran = await link.host.run({
    kind: 'guard',
    script: `${batonFolder(link.server)}/guard`,
    action: ['step-down', step.set, step.term, step.since],
    deadlineMs: GUARD_DEADLINE_MS,
  })
  if (!ran.ok) return ran
  const { exit, stdout, stderr, elapsedMs } = ran.value
  const said = lastLine(stdout) ?? lastLine(stderr) ?? 'nothing'
  if (exit === 0) return ok(reportOf(`${step.server}: ${savedInWords(said)}`))
  return fail(
    failure({
      code: 'rejoin.guard-failed',
      subject: step.server,
      because: `its guard exited with ${exit} and said: ${said}`,
      remedy: `Fix what it says (${batonFolder(link.server)}/guard.log has it all), then \`baton resume\`.`,
      elapsedMs,
    }),
  )
}

/** Of the guard's line, what became of the files. */
function savedInWords(said: string): string {
  return said.split('; ').at(-1) ?? said
}

function lastLine(output: string): string | undefined {
  return output
    .split('\n')
    .map(line => line.trim())
    .findLast(line => line !== '')
}
