import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { seeStopped } from '../../observe/index.ts'
import { linkTo, type RunContext, type StepReport } from '../context.ts'
import { installChanges, restoreChanges } from '../files/files.ts'
import { freezeZones, thawZones, wayToFreeze } from '../freezing.ts'
import { withinPause } from '../pause/write-pause.ts'
import { reopen } from '../reopen.ts'

/**
 * From here on writes are refused. The files say standby before: a frozen zone is thawed by a restart, and a server
 * that restarts between here and the end must not come up as a second active.
 */
export async function stopWrites(
  context: RunContext,
  step: StepOf<'freeze'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const installed = await installChanges(context, link, step.changes)
  if (!installed.ok) return installed
  const way = await wayToFreeze(context, link, step.set)
  const { clock } = context.links
  const [writesAt, writesElapsed] = [clock.now(), clock.elapsed()]
  // A freeze that fails may have been carried out all the same, and then the pause began here.
  const noted = await context.outcomes.record({ stopping: { at: writesAt, elapsed: writesElapsed } })
  if (!noted.ok) return noted
  const frozen = await withinPause(context, step.server, limited =>
    freezeZones(limited, linkTo(limited, step.server), { set: step.set, way }),
  )
  if (!frozen.ok) return frozen
  return ok({ remarks: [], unwell: false, writesAt, writesElapsed })
}

/** Thawed only once its files say active again; a server that was restarted meanwhile has read that it is a standby. */
export async function allowWrites(
  context: RunContext,
  step: StepOf<'freeze'>,
): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  const reopened = await reopen(context, link, step)
  if (reopened.ok) return thawZones(context, link, step.set)
  // A server that does not run has nothing to thaw: with its files as they were it comes up as the active it was. One that is merely
  // not heard may be frozen still.
  const stopped = await seeStopped(context.links, link, step.set)
  return stopped.kind === 'stopped' ? restoreChanges(context, link, step.changes) : reopened
}
