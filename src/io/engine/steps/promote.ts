import { type Failure, fail, failure, ok, type Result, type Serial } from '../../../core/base/index.ts'
import type { PromoteStep } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { awaitLoaded } from '../await-loaded.ts'
import { linkTo, type RunContext, type StepReport, zonesOf } from '../context.ts'
import { command } from '../control.ts'
import { installChanges } from '../files.ts'
import { serialsOf } from '../memory.ts'

/** Marker and state of the new term, then the active configuration, then one reconfig; every zone is looked at. */
export async function promote(context: RunContext, step: PromoteStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOf(context, step.server, step.set)
  const serials = await frozenSerials(context, step)
  if (!serials.ok) return serials
  const installed = await installChanges(link, step.changes)
  if (!installed.ok) return installed
  const reconfigured = await command(link, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const deadlineMs = context.links.fleet.policy.writePauseMaxS * 1000
  const loaded = await awaitLoaded(context, link, {
    type: 'primary',
    zones,
    serials: serials.value,
    deadlineMs,
  })
  if (!loaded.ok) return loaded
  return ok({
    remarks: [`${loaded.value} zones primary`],
    unwell: false,
    writesAt: context.links.clock.now(),
  })
}

/** The serials the new active must not fall below. A resumed run asks the old active once more: it is still frozen. */
async function frozenSerials(
  context: RunContext,
  step: PromoteStep,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  if (context.memory.frozen !== undefined) return ok(context.memory.frozen)
  const zones = zonesOf(context, step.from, step.set)
  const seen = await seeZones(context.links, linkTo(context, step.from), zones)
  if (!seen.ok) return fail(oldActiveGone(step, seen.error))
  return ok(serialsOf(seen.value.zones))
}

function oldActiveGone(step: PromoteStep, cause: Failure): Failure {
  return failure({
    code: 'engine.old-active-gone',
    subject: step.from,
    because: `the serials it was frozen at cannot be asked: ${cause.because}`,
    remedy: `Bring ${step.from} back (its files say standby) and \`baton resume\`, or \`baton rollback\`.`,
  })
}
