import { type Refusal, refuse } from '../../../core/base/index.ts'
import { peersOf } from '../../../core/fleet/index.ts'
import { pointOfNoReturn } from '../../../core/plan/index.ts'
import { isOurs } from '../../../core/snapshot/index.ts'
import type { FoundRun } from '../../../io/journal/index.ts'
import { linkOf, seeMarker } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/** A server that is well answers at once, in milliseconds; one that is lost must not keep a run from its end. */
const ANSWER_DEADLINE_MS = 1500

/**
 * A refusal where the fleet has gone on without a run: a peer knows a term that this run had not begun, or, once it had begun its own, a
 * later one, or another server than its new active is active in it. The run may have been lost with a server, which came back with its
 * lock, when another one was active for long. Taken on or back it would make a second active.
 */
export async function seeGoneOn(
  { links }: Pick<Session, 'links'>,
  { plan, progress }: FoundRun,
  way: 'on' | 'back',
): Promise<Refusal | undefined> {
  if (plan?.handover === undefined || progress === undefined || progress.ended !== undefined) return undefined
  const { set, from, to, termBefore, termAfter } = plan.handover
  const point = pointOfNoReturn(plan.steps)
  const passesRole = plan.operation === 'switchover' || plan.operation === 'failover'
  if (!passesRole) return undefined
  const isBegun = point === undefined || progress.steps[point.step] !== 'untouched'
  const reached = isBegun ? termAfter : termBefore
  const isUntouched = progress.steps.every(step => step === 'untouched')
  // What was not begun needs nothing but its locks given back.
  if (isUntouched && way === 'back') return undefined
  const brief = links.within({ questionMs: Math.min(ANSWER_DEADLINE_MS, links.questionMs) })
  const looks = await Promise.all(
    peersOf(links.fleet, set).map(async ({ name }) => {
      const marker = await seeMarker(brief, linkOf(brief, name), set)
      const isOwn = marker.ok && isOurs(links.fleet, name, marker.value)
      if (!isOwn) return []
      const { role, term } = marker.value
      const isOther = name !== to && role === 'active' && term >= termAfter
      return isOther || term > reached ? [{ name, role, term }] : []
    }),
  )
  const [ahead] = looks.flat()
  if (ahead === undefined) return undefined
  return refuse({
    code: 'engine.gone-on',
    subject: plan.run,
    because: `${ahead.name} is ${ahead.role} in term ${ahead.term}, and this run ${isBegun ? `makes ${to} active in` : 'had not gone beyond'} term ${reached}: the role was passed on without it`,
    remedy: isUntouched
      ? '`baton rollback` gives its locks back; it had not done anything yet.'
      : `See with \`baton status\` who is active, and move baton/lock away where it is of this run. \`baton rejoin NAME\` then makes ${from} or ${to} a standby, whichever is not one yet.`,
  })
}
