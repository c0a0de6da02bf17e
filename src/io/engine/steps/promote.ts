import {
  countOf,
  type Failure,
  fail,
  failure,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { linkTo, type RunContext, type StepReport, zonesOfSet } from '../context.ts'
import { freezeZones, takesUpdates } from '../freezing.ts'
import { serialsKept, serialsToKeep } from '../outcomes.ts'
import { withinPause } from '../pause/write-pause.ts'
import { reconfigureAs } from '../reconfigure.ts'
import { seeNoOtherActive } from '../see-no-other-active.ts'
import { serialsOf } from '../zones/checked-serials.ts'
import { catchUp } from './catch-up.ts'

/** Marker and state of the new term, then the active configuration, then one reconfig; every zone is looked at. */
export async function promote(
  context: RunContext,
  step: StepOf<'promote'>,
): Promise<Result<StepReport, Failure>> {
  const serials = await withinPause(context, step.server, limited => frozenSerials(limited, step))
  if (!serials.ok) return serials
  const others = { set: step.set, to: step.server, frozen: step.from }
  const alone = await withinPause(context, step.server, limited => seeNoOtherActive(limited, others))
  if (!alone.ok) return alone
  const loaded = await withinPause(context, step.server, limited =>
    reconfigureAs(limited, linkTo(limited, step.server), {
      type: 'primary',
      zones: zonesOfSet(limited, step.server, step.set),
      serials: serials.value,
      deadlineMs: limited.pause.leftMs(),
      install: step.changes,
    }),
  )
  if (!loaded.ok) return loaded
  return ok({
    remarks: [`${countOf(loaded.value, 'zone')} primary`],
    unwell: false,
    writesAt: context.links.clock.now(),
    writesElapsed: context.links.clock.elapsed(),
  })
}

/**
 * The serials the new active must not fall below. A resumed run cannot believe that the old active is frozen still: a
 * person may have thawed it while the run lay there. So it is frozen again, and caught up with again, unless the new
 * one is primary already.
 */
async function frozenSerials(
  context: RunContext,
  step: StepOf<'promote'>,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  const known = context.outcomes.latest('frozen')
  if (known?.isOurs === true) return ok(serialsKept(known.value))
  const frozen = await freezeZones(context, linkTo(context, step.from), { set: step.set })
  if (!frozen.ok) return fail(oldActiveGone(step, frozen.error))
  const opened = await takesUpdates(context, linkTo(context, step.server), step.set)
  if (!opened.ok) return opened
  if (opened.value) return seeAgain(context, step, serialsKept(known?.value))
  const caughtUp = await catchUp(context, { ...step, kind: 'catch-up' })
  if (!caughtUp.ok) return caughtUp
  const serials = caughtUp.value.outcome?.frozen
  const recorded = await context.outcomes.record({ frozen: serials ?? {} })
  return recorded.ok ? ok(serialsKept(serials)) : recorded
}

/** The new active is open already, at what the old one was frozen at; of zones of which that is not known the old one tells. */
async function seeAgain(
  context: RunContext,
  step: StepOf<'promote'>,
  known: ReadonlyMap<string, Serial>,
): Promise<Result<ReadonlyMap<string, Serial>, Failure>> {
  if (known.size > 0) return ok(known)
  const zones = zonesOfSet(context, step.from, step.set)
  const seen = await seeZones(context.links, linkTo(context, step.from), zones)
  if (!seen.ok) return fail(oldActiveGone(step, seen.error))
  const serials = serialsOf(seen.value.zones)
  const recorded = await context.outcomes.record({ frozen: serialsToKeep(serials) })
  return recorded.ok ? ok(serials) : recorded
}

function oldActiveGone(step: StepOf<'promote'>, cause: Failure): Failure {
  return failure({
    code: 'engine.old-active-gone',
    subject: step.from,
    because: `the serials it was frozen at cannot be asked: ${cause.because}`,
    remedy: `Bring ${step.from} back (its files say standby) and \`baton resume\`, or \`baton rollback\`. If it is lost, \`baton failover\` ends this run.`,
  })
}
