import { CODES, type Failure, failure } from '../../core/base/index.ts'
import { type Endpoint, isRefusedBy, printEndpoint } from './endpoint.ts'

type NetCode = 'net.unreachable' | 'net.timeout' | 'net.closed' | 'net.aborted' | 'net.too-many-in-flight'

/** `cause` is the error Node gave, such as ECONNREFUSED. */
export function notReachable(endpoint: Endpoint, cause: Error): Failure {
  const failed = netFailure('net.unreachable', endpoint, `no connection (${cause.message})`)
  return isRefusedBy(endpoint, cause) ? { ...failed, refused: true } : failed
}

export function timedOut(endpoint: Endpoint, elapsedMs: number): Failure {
  return { ...netFailure('net.timeout', endpoint, `no answer within ${Math.round(elapsedMs)} ms`), elapsedMs }
}

export function closedEarly(endpoint: Endpoint, cause: Error | undefined): Failure {
  const detail = cause === undefined ? '' : ` (${cause.message})`
  return netFailure('net.closed', endpoint, `the connection was closed before the answer was whole${detail}`)
}

export function aborted(endpoint: Endpoint): Failure {
  return netFailure('net.aborted', endpoint, 'the operation was ended')
}

export function tooManyInFlight(endpoint: Endpoint): Failure {
  return netFailure(
    'net.too-many-in-flight',
    endpoint,
    'all message ids of the connection are waiting for answers',
  )
}

function netFailure(code: NetCode, endpoint: Endpoint, because: string): Failure {
  return failure({ code, subject: printEndpoint(endpoint), because, remedy: CODES[code].remedy })
}
