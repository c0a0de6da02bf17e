import {
  compareSerials,
  countOf,
  type Failure,
  fail,
  failure,
  firstFew,
  ok,
  type Result,
  type Serial,
} from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { raiseSerials } from '../../net/index.ts'
import { groupByView, type ServerLink, seeZones, viewKey } from '../../observe/index.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { thawZones } from '../freezing.ts'
import { recallGoals } from '../zones/raise-goals.ts'
import { close } from './close.ts'

const RAISE_DEADLINE_MS = 120_000

/**
 * Raises the serials while nobody else can write. named itself does it, by an update of the SOA, so that its journal leads
 * from the old serial to the new: others follow by a tiny IXFR, and whoever returns with a fork is given the whole zone.
 * A zone that cannot be written is told and left as it is: it must not keep the others from being opened.
 */
export async function raise(
  context: RunContext,
  step: StepOf<'raise'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const dynamic = zonesOfSet(context, step.server, step.set).filter(zone => zone.dynamic)
  if (dynamic.length === 0) return ok(reportOf('no zone takes updates, so no serial is raised'))
  const closed = await closeAgain(context, step, dynamic)
  if (!closed.ok) return closed
  const wrong = await raiseAll(context, step, dynamic)
  if (!wrong.ok) return wrong
  // What an unfinished switchover froze is frozen still: a reconfig keeps a zone whose type and file stay.
  const left =
    wrong.value.length === 0 ? ok([]) : await thawAndRaise(context, link, { step, zones: wrong.value })
  if (!left.ok) return left
  const [first] = left.value
  if (first === undefined)
    return ok(reportOf(`${countOf(dynamic.length, 'serial')} raised by ${step.serialStep}`))
  if (left.value.length === dynamic.length) return fail(noneRaised(step, first))
  return ok({ remarks: remarksOn(dynamic.length, left.value), unwell: true, writesAt: undefined })
}

type NotRaised = { readonly zone: RenderedZone; readonly because: string }

/** A server that was restarted meanwhile is standby again, as its state says. */
async function closeAgain(
  context: RunContext,
  step: StepOf<'raise'>,
  dynamic: readonly RenderedZone[],
): Promise<Result<void, Failure>> {
  const seen = await seeZones(context.links, linkTo(context, step.server), dynamic)
  if (!seen.ok) return seen
  const isPrimary = dynamic.every(zone => seen.value.zones.get(idOf(zone))?.type !== 'secondary')
  const closing = context.plan.steps.find(({ kind }) => kind === 'close')
  if (isPrimary || closing?.kind !== 'close') return ok(undefined)
  const closed = await close(context, closing)
  return closed.ok ? ok(undefined) : closed
}

async function thawAndRaise(
  context: RunContext,
  link: ServerLink,
  { step, zones }: { step: StepOf<'raise'>; zones: readonly NotRaised[] },
): Promise<Result<readonly NotRaised[], Failure>> {
  const thawed = await thawZones(context, link, step.set)
  if (!thawed.ok) return thawed
  const again = zones.map(({ zone }) => zone)
  return raiseAll(context, step, again)
}

/** Raises the serials of these zones and looks whether they are; those that are not. */
async function raiseAll(
  context: RunContext,
  step: StepOf<'raise'>,
  zones: readonly RenderedZone[],
): Promise<Result<readonly NotRaised[], Failure>> {
  const link = linkTo(context, step.server)
  const recalled = await recallGoals(context, link, { zones, serialStep: step.serialStep })
  if (!recalled.ok) return recalled
  const held = await context.stillHeld()
  if (!held.ok) return held
  const outcomes = new Map<string, Result<Serial, Failure>>()
  for (const [view, ofView] of groupByView(zones)) {
    const names = ofView.map(({ name }) => name)
    const raised = await raiseSerials(link.dial('dns'), names, {
      key: viewKey(context.links, view),
      goals: new Map(
        ofView.flatMap(zone => {
          const goal = recalled.value.get(idOf(zone))
          return goal === undefined ? [] : [[zone.name, goal] as const]
        }),
      ),
      deadlineMs: RAISE_DEADLINE_MS,
    })
    for (const zone of ofView) {
      const outcome = raised.get(zone.name)
      if (outcome !== undefined) outcomes.set(idOf(zone), outcome)
    }
  }
  const seen = await seeZones(context.links, link, zones)
  if (!seen.ok) return seen
  return ok(
    zones.flatMap(zone => {
      const because = whyNotRaised(outcomes.get(idOf(zone)), seen.value.zones.get(idOf(zone))?.serial)
      return because === undefined ? [] : [{ zone, because }]
    }),
  )
}

function whyNotRaised(
  goal: Result<Serial, Failure> | undefined,
  serial: Serial | undefined,
): string | undefined {
  if (goal === undefined) return 'it is not loaded'
  if (!goal.ok) return goal.error.because
  if (serial === undefined) return 'it is not loaded'
  const order = compareSerials(serial, goal.value)
  return order === 'same' || order === 'after' ? undefined : `its serial is ${serial}, not ${goal.value}`
}

function remarksOn(count: number, left: readonly NotRaised[]): readonly string[] {
  const why = left.map(({ zone, because }) => `${idOf(zone)}: ${because}`)
  return [`${count - left.length} of ${count} serials raised`, ...firstFew(why)]
}

function noneRaised(step: StepOf<'raise'>, { zone, because }: NotRaised): Failure {
  return failure({
    code: 'failover.serials-not-raised',
    subject: step.server,
    because: `no serial could be raised; of ${idOf(zone)}: ${because}`,
    remedy: "See named's log there (category update), fix it, then `baton resume`.",
  })
}
