import { type Code, type Failure, fail, type Instant, ok, type Result } from '../../../core/base/index.ts'
import {
  type ControlCommand,
  parseStatus,
  parseZoneStatus,
  type ServerStatus,
  type ZoneReference,
  type ZoneStatus,
} from '../../../core/rndc/index.ts'
import { unreadable } from './control-failures.ts'
import type { Control } from './rndc.ts'

/** These say something about one zone; every other failure is the connection's, and ends the round. */
const CODES_OF_ONE_ZONE: ReadonlySet<Code> = new Set([
  'rndc.zone-unknown',
  'rndc.zone-ambiguous',
  'rndc.zone-not-loaded',
  'rndc.command-failed',
  'rndc.unreadable-answer',
])

export type ZoneStatusAnswer = {
  readonly zone: ZoneReference
  readonly status: Result<ZoneStatus, Failure>
}

/** What `rndc status` says, and when, by the server's own clock in whole seconds. */
export type StatusAnswer = ServerStatus & { readonly saidAt: Instant }

/** What `rndc status` says of the server, within the deadline of the connection or another. Failures: those of `ask`, `rndc.unreadable-answer`. */
export async function serverStatus(
  connection: Control,
  deadlineMs?: number,
): Promise<Result<StatusAnswer, Failure>> {
  const command: ControlCommand = { kind: 'status' }
  const answer = await connection.ask(command, deadlineMs)
  if (!answer.ok) return answer
  const status = parseStatus(answer.value.text)
  return status.ok
    ? ok({ ...status.value, saidAt: answer.value.sentAt })
    : fail(unreadable(connection.target, command, status.error))
}

/**
 * What `rndc zonestatus` says of each zone, in the order given: 2,000 to 5,000 a second, one after another. A zone that
 * is unknown or not loaded fails by itself; the whole fails only when the connection does.
 */
export async function zoneStatuses(
  connection: Control,
  zones: Iterable<ZoneReference>,
): Promise<Result<readonly ZoneStatusAnswer[], Failure>> {
  const answers: ZoneStatusAnswer[] = []
  for (const zone of zones) {
    const status = await zoneStatus(connection, zone)
    if (!status.ok && !CODES_OF_ONE_ZONE.has(status.error.code)) return status
    answers.push({ zone, status })
  }
  return ok(answers)
}

async function zoneStatus(connection: Control, zone: ZoneReference): Promise<Result<ZoneStatus, Failure>> {
  const command: ControlCommand = { kind: 'zonestatus', zone }
  const answer = await connection.ask(command)
  if (!answer.ok) return answer
  const status = parseZoneStatus(answer.value.text)
  return status.ok ? status : fail(unreadable(connection.target, command, status.error))
}
