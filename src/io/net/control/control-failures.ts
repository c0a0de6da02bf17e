import { CODES, type Failure, failure, type ListedCode } from '../../../core/base/index.ts'
import {
  type ControlCommand,
  type ControlReply,
  printCommand,
  type SessionProblem,
} from '../../../core/rndc/index.ts'
import { isRefusedBy, printEndpoint } from '../endpoint.ts'
import type { ControlTarget } from './control-target.ts'

/** named's words (BIND's lib/isc/result.c) → what they mean for a zone command; all others are `command-failed`. */
const CODE_BY_ERROR: ReadonlyMap<string, ListedCode> = new Map([
  ['not found', 'rndc.zone-unknown'],
  ['multiple', 'rndc.zone-ambiguous'],
  ['zone not loaded', 'rndc.zone-not-loaded'],
  ['not primary', 'rndc.zone-not-primary'],
  ['already frozen', 'rndc.zone-frozen'],
])

/** `cause` is the error Node gave, or what there was instead of one. */
export function cannotConnect(target: ControlTarget, cause: Error | string): Failure {
  const detail = typeof cause === 'string' ? cause : cause.message
  const because = `no connection to the control channel at ${place(target)}: ${detail}`
  const unconnected = failed(target, 'rndc.cannot-connect', because)
  const isRefused = typeof cause !== 'string' && isRefusedBy(target.endpoint, cause)
  return isRefused ? { ...unconnected, refused: true } : unconnected
}

export function notAccepted(target: ControlTarget): Failure {
  const { name, algorithm } = target.key
  const because = `${place(target)} closed the control connection instead of answering the greeting signed with key "${name}" (${algorithm})`
  return failed(target, 'rndc.not-accepted', because)
}

export function untrusted(target: ControlTarget, problem: SessionProblem): Failure {
  const skewed = problem === 'the clocks differ too much' || problem === 'it has expired'
  const code = skewed ? 'rndc.clock-skew' : 'rndc.untrusted-answer'
  return failed(target, code, `the answer from ${place(target)} was not taken: ${problem}`)
}

export function closed(target: ControlTarget, detail: string): Failure {
  return failed(target, 'rndc.closed', `the control connection to ${place(target)} ended: ${detail}`)
}

/** Of a command that had used up its time before its turn came nothing was sent. */
export function late(target: ControlTarget, elapsedMs: number): Failure {
  const channel = `the control channel at ${place(target)}`
  const because =
    elapsedMs > 0
      ? `no answer on ${channel} within ${Math.round(elapsedMs)} ms`
      : `no time was left for a command on ${channel}`
  return { ...failed(target, 'rndc.deadline', because), elapsedMs: Math.max(0, elapsedMs) }
}

/** named's own refusal of a command. */
export function commandFailed(target: ControlTarget, command: ControlCommand, reply: ControlReply): Failure {
  const code = codeOf(command, reply.error ?? '')
  const details = [reply.error ?? 'no reason given', ...reply.text.split('\n').filter(line => line !== '')]
  const because = `"${printCommand(command)}" failed with result ${reply.result}: ${details.join('; ')}`
  return failed(target, code, because)
}

/** What a reconfig did not find is no zone, but an access list or a key that the configuration names. */
function codeOf(command: ControlCommand, error: string): ListedCode {
  if (command.kind === 'reconfig') return 'rndc.configuration-refused'
  return CODE_BY_ERROR.get(error) ?? 'rndc.command-failed'
}

export function unreadable(target: ControlTarget, command: ControlCommand, problem: string): Failure {
  const because = `the answer to "${printCommand(command)}" was not understood: ${problem}`
  return failed(target, 'rndc.unreadable-answer', because)
}

export function tooManyWaiting(target: ControlTarget, limit: number): Failure {
  return failed(target, 'rndc.too-many-waiting', `${limit} commands wait for the control channel already`)
}

export function connectionEnded(target: ControlTarget): Failure {
  return failed(target, 'rndc.connection-ended', 'the control connection was ended before the command')
}

function failed(target: ControlTarget, code: ListedCode, because: string): Failure {
  return failure({ code, subject: target.server, because, remedy: CODES[code].remedy })
}

function place(target: ControlTarget): string {
  return printEndpoint(target.endpoint)
}
