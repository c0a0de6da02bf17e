import { setTimeout as pause } from 'node:timers/promises'
import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import type { ControlCommand, ServerStatus, ZoneVerb } from '../../core/rndc/index.ts'
import { type Control, serverStatus } from '../net/index.ts'
import type { ServerLink, ZoneName } from '../observe/index.ts'
import { referenceOf } from './context.ts'

/**
 * Gives one command to a server's control channel. An order of which no answer came has expired when this answers: it was carried
 * out or never will be, so that what the server is asked afterwards holds. A reconfig that the server has carried out by what it says
 * then is done.
 */
export async function command(link: ServerLink, order: ControlCommand): Promise<Result<void, Failure>> {
  const until = performance.now() + link.commandMs
  const control = await link.control()
  if (!control.ok) return control
  const before =
    order.kind === 'reconfig' ? await serverStatus(control.value, until - performance.now()) : undefined
  if (before?.ok === false) return before
  const answer = await control.value.ask(order, until - performance.now())
  if (answer.ok) return ok(undefined)
  return control.value.livesMs() > 0
    ? askAfterwards(control.value, { unanswered: answer.error, before: before?.value })
    : answer
}

type Unanswered = { readonly unanswered: Failure; readonly before: ServerStatus | undefined }

/** What became of an order without an answer, once it can't be carried out any more. */
async function askAfterwards(
  control: Control,
  { unanswered, before }: Unanswered,
): Promise<Result<void, Failure>> {
  const now = await serverStatus(control, control.livesMs())
  if (now.ok ? isConfigured(before, now.value) : isRefused(now.error))
    return now.ok ? ok(undefined) : fail(unanswered)
  await pause(control.livesMs())
  const after = await serverStatus(control)
  // named works on one command after another: where it answers, it has done what it took.
  if (after.ok && !after.value.reloading)
    return isConfigured(before, after.value) ? ok(undefined) : fail(unanswered)
  const { subject, because } = unanswered
  return fail({
    ...unanswered,
    because: `${because}; ${subject} does not tell whether it carried the command out`,
  })
}

function isConfigured(before: ServerStatus | undefined, after: ServerStatus): boolean {
  return before !== undefined && before.configTime !== after.configTime
}

/** Nobody listens any more: what named had not carried out when it ended is gone with it. */
function isRefused({ refused }: Failure): boolean {
  return refused === true
}

/** Gives one command for each zone, one after another, within the time of one command; the first failure ends it. */
export async function commandZones(
  link: ServerLink,
  verb: ZoneVerb,
  zones: readonly ZoneName[],
): Promise<Result<void, Failure>> {
  const began = performance.now()
  for (const zone of zones) {
    const commandMs = link.commandMs - (performance.now() - began)
    const answer = await command({ ...link, commandMs }, { kind: verb, zone: referenceOf(zone) })
    if (!answer.ok) return answer
  }
  return ok(undefined)
}
