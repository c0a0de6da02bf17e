import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import type { Plan } from '../../../core/plan/index.ts'
import type { Standing } from '../../../core/render/index.ts'
import { linkOf, seeMarker, seeState } from '../../../io/observe/index.ts'
import { filesReplaced } from '../rejoin/files-replaced.ts'
import type { Session } from '../session/session.ts'

/** Somebody may have passed the role on, or pushed, between the checks and the lock. */
export async function seeUnchanged(session: Session, plan: Plan): Promise<Result<void, Refusal | Failure>> {
  for (const { server, files } of filesReplaced(plan)) {
    const digests = await linkOf(session.links, server).host.digests(files.map(({ path }) => path))
    if (!digests.ok) return digests
    const file = files.find(({ path, digestBefore }) => digests.value.get(path) !== digestBefore)
    if (file !== undefined) return fail(changedMeanwhile(server, `${file.path} was changed just now`))
  }
  if (plan.handover === undefined) return ok(undefined)
  const { set, from, to, without, termBefore } = plan.handover
  const standingOf = (name: string) => session.standings.get(name)?.find(standing => standing.set === set)
  if (plan.operation === 'rejoin' || plan.operation === 'resolve')
    return seeStillServes(session, to, { set, role: 'active', term: termBefore })
  if (plan.operation === 'failover') return seeStillServes(session, to, standingOf(to))
  for (const name of [from, to].filter(server => !without.includes(server))) {
    const state = await seeState(linkOf(session.links, name))
    if (!state.ok) return state
    const now = state.value?.sets.get(set)
    const then = standingOf(name)
    if (now === undefined || (now.role === then?.role && now.term === then.term)) continue
    return fail(changedMeanwhile(name, `it is ${now.role} in term ${now.term} now`))
  }
  return ok(undefined)
}

/** After a switch by hand, and of two actives, the state files may well disagree with what their named serves. */
async function seeStillServes(
  { links }: Session,
  server: string,
  then: Pick<Standing, 'set' | 'role' | 'term'> | undefined,
): Promise<Result<void, Refusal | Failure>> {
  if (then === undefined) return ok(undefined)
  const marker = await seeMarker(links, linkOf(links, server), then.set)
  if (!marker.ok) return marker
  const { role, term } = marker.value
  // A standby that was not told of the newest term counts as one that has it, and is to be told.
  const isUntold = role === 'standby' && term < then.term
  if (role === then.role && (term === then.term || isUntold)) return ok(undefined)
  return fail(changedMeanwhile(server, `it is ${role} in term ${term} now`))
}

function changedMeanwhile(subject: string, because: string): Refusal {
  return refuse({
    code: 'cli.changed-meanwhile',
    subject,
    because,
    remedy: 'Look at `baton status` and order it again if it is still wanted.',
  })
}
