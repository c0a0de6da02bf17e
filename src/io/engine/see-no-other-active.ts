import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { peersOf } from '../../core/fleet/index.ts'
import { fenceRemedy, unseenBecause } from '../../core/plan/index.ts'
import { type ServerLink, seeFences, seeMarker, seeZones } from '../observe/index.ts'
import { idOf, linkTo, type RunContext, type RunGround, zonesOf } from './context.ts'

/** A server that is well answers at once; a longer wait would be time in which nobody can write. */
const ANSWER_DEADLINE_MS = 1500

/** Where writes are about to open. */
export type OpeningQuestion = {
  readonly set: string
  /** The server that is about to take them. */
  readonly to: string
  /** The one that this run has frozen; nothing in a failover, whose old active is fenced. */
  readonly frozen: string | undefined
}

/**
 * The last look before writes open, in whichever process takes the run that far: every other peer answers as a standby that knows of
 * no later term, or is fenced by name.
 */
export async function seeNoOtherActive(
  context: RunContext,
  { set, to, frozen }: OpeningQuestion,
): Promise<Result<void, Failure>> {
  const { links } = context
  const fenced = await fencedInRun(context, to)
  if (!fenced.ok) return fenced
  const names = peersOf(links.fleet, set).map(({ name }) => name)
  const others = names.filter(name => name !== to && name !== frozen && !fenced.value.has(name))
  const brief = links.within({ questionMs: Math.min(ANSWER_DEADLINE_MS, links.questionMs) })
  const looks = await Promise.all(
    others.map(name =>
      seeStandby({ ...context, links: brief }, linkTo({ ...context, links: brief }, name), set),
    ),
  )
  return looks.find(({ ok: isWell }) => !isWell) ?? ok(undefined)
}

/**
 * The servers that this run takes for fenced: by a step of its plan, which comes before the one that opens, or because a person
 * said so when the run was taken up. What an earlier run wrote down counts only where the plan says so.
 */
export async function fencedInRun(
  context: RunGround,
  keeper: string,
): Promise<Result<ReadonlySet<string>, Failure>> {
  const { plan, links } = context
  const records = await seeFences(linkTo(context, keeper), links.fleet.name)
  if (!records.ok) return records
  const planned = plan.steps.flatMap(step => (step.kind === 'fence' ? [step.server] : []))
  const said = records.value.flatMap(({ run, server }) => (run === plan.run ? [server] : []))
  return ok(new Set([...planned, ...said]))
}

async function seeStandby(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  const { plan, links } = context
  const { name } = link.server
  const marker = await seeMarker(links, link, set)
  if (!marker.ok && (await servesAsSecondary(context, link, set))) return ok(undefined)
  if (!marker.ok)
    return fail(
      failure({
        code: 'engine.other-peer-unseen',
        subject: name,
        because: unseenBecause(marker.error.because),
        remedy: fenceRemedy(name),
      }),
    )
  const { role, term, server, fleet } = marker.value
  const isOwn = server === name && fleet === links.fleet.name
  const termBefore = plan.handover?.termBefore ?? 0
  if (isOwn && role === 'standby' && term <= termBefore) return ok(undefined)
  return fail(
    failure({
      code: 'engine.other-peer-ahead',
      subject: name,
      because: isOwn
        ? `it is ${role} in term ${term}, and this run knows of term ${termBefore} before it: somebody else passed the role on`
        : `${server} of fleet ${fleet} answers there`,
      remedy: 'Look at `baton status`; of two actives `baton resolve` keeps one.',
    }),
  )
}

/** Without its marker a server is no active all the same where its statistics show every zone of the set as secondary. */
async function servesAsSecondary(context: RunContext, link: ServerLink, set: string): Promise<boolean> {
  const zones = zonesOf(context, link.server.name, set)
  const seen = await seeZones(context.links, link, zones)
  if (!seen.ok || seen.value.source !== 'statistics') return false
  return zones.every(zone => seen.value.zones.get(idOf(zone))?.type === 'secondary')
}
