import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { ControlCommand, ZoneVerb } from '../../core/rndc/index.ts'
import type { ServerLink, ZoneName } from '../observe/index.ts'
import { referenceOf } from './context.ts'

/** Gives one command to a server's control channel. */
export async function command(link: ServerLink, order: ControlCommand): Promise<Result<void, Failure>> {
  const control = await link.control()
  if (!control.ok) return control
  const answer = await control.value.ask(order, link.commandMs)
  return answer.ok ? ok(undefined) : answer
}

/** Gives one command for each zone, one after another on the same connection; the first failure ends it. */
export async function commandZones(
  link: ServerLink,
  verb: ZoneVerb,
  zones: readonly ZoneName[],
): Promise<Result<void, Failure>> {
  for (const zone of zones) {
    const answer = await command(link, { kind: verb, zone: referenceOf(zone) })
    if (!answer.ok) return answer
  }
  return ok(undefined)
}
