import { setTimeout as pause } from 'node:timers/promises'
import { CODES, type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import type { ControlCommand, ZoneVerb } from '../../core/rndc/index.ts'
import { type Control, type StatusAnswer, serverStatus } from '../net/index.ts'
import { LOOK_DEADLINE_MS, type ServerLink, type ZoneName } from '../observe/index.ts'
import { referenceOf } from './context.ts'

/** How long the clock by which named dates its configuration stands at one value, and what such clocks lag, in milliseconds. */
const CONFIG_TIME_STEP_MS = 1_100
/** Between two looks at what became of an order without an answer, in milliseconds. */
const LOOK_INTERVAL_MS = 200

/**
 * Gives one command to a server's control channel. An order of which no answer came has expired when this answers: it was carried
 * out or never will be, so that what the server is asked afterwards holds. A reconfig that the server has carried out by what it says
 * then is done, or refused.
 */
export async function command(link: ServerLink, order: ControlCommand): Promise<Result<void, Failure>> {
  const until = performance.now() + link.commandMs
  const control = await link.control()
  if (!control.ok) return control
  const before = order.kind === 'reconfig' ? await statusBefore(control.value, until) : undefined
  if (before?.ok === false) return before
  const answer = await control.value.ask(order, until - performance.now())
  if (answer.ok) return ok(undefined)
  return control.value.livesMs() > 0
    ? askAfterwards(control.value, { unanswered: answer.error, before: before?.value })
    : answer
}

/**
 * How the server stands before a reconfig. named dates its configuration in whole seconds, and two within one of them look like one:
 * the next is given when that second is over, where the time of the command allows it.
 */
async function statusBefore(control: Control, until: number): Promise<Result<StatusAnswer, Failure>> {
  const before = await serverStatus(control, until - performance.now())
  if (!before.ok || before.value.configTime === undefined) return before
  const isSameSecond = before.value.saidAt <= before.value.configTime
  if (isSameSecond && until - performance.now() > CONFIG_TIME_STEP_MS) await pause(CONFIG_TIME_STEP_MS)
  return before
}

type Unanswered = { readonly unanswered: Failure; readonly before: StatusAnswer | undefined }

/** What became of an order without an answer: looked at again and again until it is seen done, or can't be carried out any more. */
async function askAfterwards(
  control: Control,
  { unanswered, before }: Unanswered,
): Promise<Result<void, Failure>> {
  for (let livesMs = control.livesMs(); livesMs > 0; livesMs = control.livesMs()) {
    const now = await serverStatus(control, Math.min(LOOK_DEADLINE_MS, livesMs))
    if (now.ok && hasRead(before, now.value)) return taken(unanswered, now.value)
    if (!now.ok && isRefused(now.error)) return fail(unanswered)
    await pause(Math.min(LOOK_INTERVAL_MS, control.livesMs()))
  }
  const after = await serverStatus(control)
  // named works on one command after another: where it answers, it has done what it took.
  if (after.ok && !after.value.reloading)
    return hasRead(before, after.value) ? taken(unanswered, after.value) : fail(unanswered)
  const { subject, because } = unanswered
  return fail({
    ...unanswered,
    because: `${because}; ${subject} does not tell whether it carried the command out`,
  })
}

/** named has read its configuration since, whether it took it or not. */
function hasRead(before: StatusAnswer | undefined, after: StatusAnswer): boolean {
  return before !== undefined && before.configTime !== after.configTime
}

/** named dates a configuration that it refused as well. */
function taken({ subject }: Failure, { reloadFailed }: StatusAnswer): Result<void, Failure> {
  if (!reloadFailed) return ok(undefined)
  const code = 'rndc.configuration-refused'
  const because = 'named refused the new configuration and runs on with the one before'
  return fail(failure({ code, subject, because, remedy: CODES[code].remedy }))
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
