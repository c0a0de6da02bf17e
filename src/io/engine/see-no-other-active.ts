import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { peersOf } from '../../core/fleet/index.ts'
import { fenceRemedy, unseenBecause } from '../../core/plan/index.ts'
import type { FenceRecord } from '../../core/snapshot/index.ts'
import { linkOf, type ServerLink, seeFences, seeMarker, seeZones } from '../observe/index.ts'
import { idOf, linkTo, type RunContext, type RunGround, zonesOfSet } from './context.ts'
import { ANSWER_DEADLINE_MS, activeAnswers, mayAnswer, seeAnswers } from './see-answers.ts'

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
 * no later term, or is fenced by name. A fence that was seen to hold when the run began may hold no more when it is resumed: who is
 * fenced is silent still, or a standby.
 */
export async function seeNoOtherActive(
  context: RunContext,
  { set, to, frozen }: OpeningQuestion,
): Promise<Result<void, Failure>> {
  const fenced = await fencesInRun(context, to)
  if (!fenced.ok) return fenced
  const names = peersOf(context.links.fleet, set).map(({ name }) => name)
  const others = names.filter(name => name !== to && name !== frozen && !fenced.value.has(name))
  const brief = briefly(context)
  const looks = await Promise.all([
    ...others.map(name => seeStandby(brief, linkTo(brief, name), set)),
    ...silentBy(fenced.value).map(name => seeStillFenced(brief, name, { set, to })),
  ])
  return looks.find(({ ok: isWell }) => !isWell) ?? ok(undefined)
}

/** Whether everybody whom this run takes for fenced takes no writes still: asked before it passes the point of no return. */
export async function seeFencesHold(
  context: RunContext,
  { set, to }: Pick<OpeningQuestion, 'set' | 'to'>,
): Promise<Result<void, Failure>> {
  const fenced = await fencesInRun(context, to)
  if (!fenced.ok) return fenced
  const brief = briefly(context)
  const looks = await Promise.all(
    silentBy(fenced.value).map(name => seeStillFenced(brief, name, { set, to })),
  )
  return looks.find(({ ok: isWell }) => !isWell) ?? ok(undefined)
}

function briefly(context: RunContext): RunContext {
  const { links } = context
  return {
    ...context,
    links: links.within({ questionMs: Math.min(ANSWER_DEADLINE_MS, links.questionMs) }),
  }
}

/** By its fence a server is silent; or it may answer, because it never comes back, or a person knows who answers in its place. */
type FenceInRun = 'silent' | 'may-answer'

/**
 * The servers that this run takes for fenced: by a step of its plan, which comes before the one that opens, or because a person
 * said so when the run was taken up. What an earlier run wrote down counts only where the plan says so.
 */
export async function fencesInRun(
  { plan, links }: Pick<RunGround, 'plan' | 'links'>,
  keeper: string,
): Promise<Result<ReadonlyMap<string, FenceInRun>, Failure>> {
  const records = await seeFences(linkOf(links, keeper), links.fleet.name)
  if (!records.ok) return records
  const planned = plan.steps.flatMap(step => (step.kind === 'fence' ? [step] : []))
  const said = records.value.filter(({ run }) => run === plan.run)
  return ok(
    new Map([
      ...planned.map(({ server, by }) => [server, mayAnswer(by) ? 'may-answer' : 'silent'] as const),
      ...said.map(record => [record.server, isKnownToAnswer(record) ? 'may-answer' : 'silent'] as const),
    ]),
  )
}

function isKnownToAnswer({ ends, despite }: FenceRecord): boolean {
  return ends === 'never' || despite !== undefined
}

function silentBy(fences: ReadonlyMap<string, FenceInRun>): readonly string[] {
  return [...fences].flatMap(([name, fence]) => (fence === 'silent' ? [name] : []))
}

async function seeStillFenced(
  context: RunContext,
  name: string,
  { set, to }: Pick<OpeningQuestion, 'set' | 'to'>,
): Promise<Result<void, Failure>> {
  const because = await seeAnswers(context.links, name)
  if (because === undefined) return ok(undefined)
  const standby = await seeStandby(context, linkTo(context, name), set)
  if (standby.ok) return standby
  const told = `Stop its named, then \`baton resume\`: what it took since is saved when it rejoins.`
  const { operation, handover } = context.plan
  const isDeposed = operation === 'failover' && handover?.from === name
  const kept = `To keep ${name} as the active stop named on ${to} instead, then \`baton failover --fenced ${to}="named stopped"\`.`
  const known = `If you know that somebody else answers there: \`baton resume --fenced ${name}="how it is kept from writing" --despite-answer ${name}\`.`
  return fail(activeAnswers(name, { because, remedy: [told, ...(isDeposed ? [kept] : []), known].join(' ') }))
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
  const zones = zonesOfSet(context, link.server.name, set)
  const seen = await seeZones(context.links, link, zones)
  if (!seen.ok || seen.value.source !== 'statistics') return false
  return zones.length > 0 && zones.every(zone => seen.value.zones.get(idOf(zone))?.type === 'secondary')
}
