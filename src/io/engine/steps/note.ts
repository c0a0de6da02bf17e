import { countOf, type Failure, ok, type Result, type Serial } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { printForkRecord } from '../../../core/rescue/index.ts'
import { batonFolder, type ServerLink, seeZones } from '../../observe/index.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { applyTo } from '../files/files.ts'
import { passOverFenced } from '../pass-over.ts'
import { serialsOf } from '../zones/checked-serials.ts'

const RECORD_MODE = 0o644

/**
 * Writes down at which serial each zone is taken over, on every peer that answers, while nobody can write yet: later
 * nobody could tell which of the old active's updates had come over.
 */
export async function note(context: RunContext, step: StepOf<'note'>): Promise<Result<StepReport, Failure>> {
  const zones = zonesOfSet(context, step.server, step.set)
  const seen = await seeZones(context.links, linkTo(context, step.server), zones)
  if (!seen.ok) return seen
  const serials = serialsOf(seen.value.zones)
  const passed = await passOverFenced(context, step.peers)
  if (!passed.ok) return passed
  const { there, remarks } = passed.value
  const written = await recordForks(context, { ...step, peers: there }, serials)
  if (!written.ok) return written
  return ok(reportOf(`the serials of ${countOf(serials.size, 'zone')} on ${there.join(', ')}`, ...remarks))
}

/** Writes on each of the peers at which serials `from` and `server` parted. */
export async function recordForks(
  context: RunContext,
  step: Omit<StepOf<'note'>, 'kind'>,
  serials: ReadonlyMap<string, Serial>,
): Promise<Result<void, Failure>> {
  const forked = zonesOfSet(context, step.server, step.set).flatMap(zone => {
    const serial = serials.get(idOf(zone))
    return serial === undefined ? [] : [{ name: zone.name, view: zone.view, serial }]
  })
  const content = printForkRecord({
    fleet: context.plan.fleet,
    set: step.set,
    term: step.term,
    from: step.from,
    to: step.server,
    recorded: context.plan.created,
    zones: forked,
  })
  for (const name of step.peers) {
    const link = linkTo(context, name)
    const wanted = { kind: 'content', content, mode: RECORD_MODE, user: undefined } as const
    const written = await applyTo(context, link, [{ path: recordPath(link, step), wanted }])
    if (!written.ok) return written
  }
  return ok(undefined)
}

/** A promotion that was taken back forked nothing. */
export async function unnote(context: RunContext, step: StepOf<'note'>): Promise<Result<void, Failure>> {
  const passed = await passOverFenced(context, step.peers)
  if (!passed.ok) return passed
  for (const name of passed.value.there) {
    const link = linkTo(context, name)
    const removed = await applyTo(context, link, [
      { path: recordPath(link, step), wanted: { kind: 'nothing' } },
    ])
    if (!removed.ok) return removed
  }
  return ok(undefined)
}

function recordPath(link: ServerLink, { set, term }: Pick<StepOf<'note'>, 'set' | 'term'>): string {
  return `${batonFolder(link.server)}/forks/${set}.${term}`
}
