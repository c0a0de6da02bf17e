import { setTimeout as pause } from 'node:timers/promises'
import { type Code, type Failure, ok, type Result } from '../../core/base/index.ts'
import { type ControlCommand, ORDER_LATE_MAX_MS, type ZoneVerb } from '../../core/rndc/index.ts'
import type { Control } from '../net/index.ts'
import type { ServerLink, ZoneName } from '../observe/index.ts'
import { referenceOf } from './context.ts'

/** After these nobody knows whether the order was carried out, and the network may hold it still. */
const OUTCOME_UNKNOWN: ReadonlySet<Code> = new Set(['rndc.deadline', 'rndc.closed', 'rndc.untrusted-answer'])

/**
 * Gives one command to a server's control channel. An order of which no answer came has expired when this answers: it was carried
 * out or never will be, so that what the server is asked afterwards holds.
 */
export async function command(link: ServerLink, order: ControlCommand): Promise<Result<void, Failure>> {
  const began = performance.now()
  const control = await link.control()
  if (!control.ok) return control
  const answer = await control.value.ask(order, link.commandMs)
  if (answer.ok) return ok(undefined)
  if (OUTCOME_UNKNOWN.has(answer.error.code) && !(await isGone(control.value)))
    await pause(Math.max(0, link.commandMs - (performance.now() - began)) + ORDER_LATE_MAX_MS)
  return answer
}

/** Whether nobody listens any more: what named had not carried out when it ended is gone with it. */
async function isGone(control: Control): Promise<boolean> {
  const seen = await control.ask({ kind: 'null' }, ORDER_LATE_MAX_MS)
  return !seen.ok && seen.error.code === 'rndc.cannot-connect' && seen.error.because.includes('ECONNREFUSED')
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
