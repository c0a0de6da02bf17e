import { countOf, type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { NoteStep } from '../../../core/plan/index.ts'
import { printForkRecord } from '../../../core/rescue/index.ts'
import { batonFolder, type ServerLink, seeZones } from '../../observe/index.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport, zonesOf } from '../context.ts'

const RECORD_MODE = 0o644

/**
 * Writes down at which serial each zone is taken over, on every peer that answers, while nobody can write yet: later
 * nobody could tell which of the old active's updates had come over.
 */
export async function note(context: RunContext, step: NoteStep): Promise<Result<StepReport, Failure>> {
  const { plan, links } = context
  const zones = zonesOf(context, step.server, step.set)
  const seen = await seeZones(links, linkTo(context, step.server), zones)
  if (!seen.ok) return seen
  const forked = zones.flatMap(zone => {
    const serial = seen.value.zones.get(idOf(zone))?.serial
    return serial === undefined ? [] : [{ name: zone.name, view: zone.view, serial }]
  })
  const content = printForkRecord({
    fleet: plan.fleet,
    set: step.set,
    term: step.term,
    from: step.from,
    to: step.server,
    recorded: plan.created,
    zones: forked,
  })
  for (const name of step.peers) {
    const link = linkTo(context, name)
    const path = recordPath(link, step)
    const written = await link.host.replace({ path, content, mode: RECORD_MODE, user: undefined })
    if (!written.ok) return written
  }
  const remark = `the serials of ${countOf(forked.length, 'zone')} on ${step.peers.join(', ')}`
  return ok(reportOf(remark))
}

/** A promotion that was taken back forked nothing. */
export async function unnote(context: RunContext, step: NoteStep): Promise<Result<void, Failure>> {
  for (const name of step.peers) {
    const link = linkTo(context, name)
    const removed = await link.host.remove(recordPath(link, step))
    if (!removed.ok) return removed
  }
  return ok(undefined)
}

function recordPath(link: ServerLink, { set, term }: NoteStep): string {
  return `${batonFolder(link.server)}/forks/${set}.${term}`
}
