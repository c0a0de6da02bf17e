import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { type Failure, fail, type Result } from '../../../core/base/index.ts'
import { type Endpoint, printEndpoint, streamTo } from '../endpoint.ts'
import { type StatisticsCode, statisticsFailure } from './statistics-failure.ts'
import type { ZoneNames } from './zone-names.ts'
import type { ZoneStatistics } from './zone-statistics.ts'
import { ZoneStatisticsReader } from './zone-statistics-reader.ts'

/** The largest answer that is read: 20,000 zones make 4 MB, and ten times that with `zone-statistics full`. */
export const STATISTICS_BYTES_MAX = 4 * 1024 ** 3
const PATH = '/json/v1/zones'

export type StatisticsOptions = {
  /** How long it may take until the last byte has come, in milliseconds. */
  readonly deadlineMs: number
  /** Those met on other servers and before. */
  readonly names?: ZoneNames | undefined
}

type Settle = (result: Result<ZoneStatistics, Failure>) => void

/**
 * What `/json/v1/zones` of a statistics channel says of all zones, read as a stream. Failures:
 * `statistics.cannot-connect`, `statistics.deadline`, `statistics.cut-off`, `statistics.not-named`, `statistics.too-large`.
 */
export function fetchZoneStatistics(
  endpoint: Endpoint,
  options: StatisticsOptions,
): Promise<Result<ZoneStatistics, Failure>> {
  return new Promise(resolve => {
    const { address: host, port } = endpoint
    const outgoing = request({ host, port, path: PATH, createConnection: () => connect(streamTo(endpoint)) })
    const settle: Settle = result => {
      clearTimeout(timer)
      outgoing.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => {
      const because = `${printEndpoint(endpoint)} had not answered whole after ${Math.round(options.deadlineMs)} ms`
      settle(fail(statisticsFailure('statistics.deadline', endpoint, because)))
    }, options.deadlineMs)
    outgoing.on('error', error => settle(fail(unanswered(endpoint, error))))
    const reader = new ZoneStatisticsReader(options.names)
    outgoing.on('response', response => readAnswer({ endpoint, response, reader }, settle))
    outgoing.end()
  })
}

function unanswered(endpoint: Endpoint, error: NodeJS.ErrnoException): Failure {
  const place = printEndpoint(endpoint)
  if (error.code?.startsWith('HPE_')) {
    return statisticsFailure('statistics.not-named', endpoint, `${place} does not answer in HTTP`)
  }
  if (error.code === 'ECONNRESET') {
    const because = `${place} closed the connection without an answer`
    return statisticsFailure('statistics.cut-off', endpoint, because)
  }
  const because = `no connection to the statistics channel at ${place}: ${error.message}`
  return statisticsFailure('statistics.cannot-connect', endpoint, because)
}

type Answer = {
  readonly endpoint: Endpoint
  readonly response: IncomingMessage
  readonly reader: ZoneStatisticsReader
}

function readAnswer({ endpoint, response, reader }: Answer, settle: Settle): void {
  const place = printEndpoint(endpoint)
  const giveUp = (code: StatisticsCode, because: string) =>
    settle(fail(statisticsFailure(code, endpoint, because)))
  if (response.statusCode !== 200) {
    const status = `${response.statusCode} ${response.statusMessage}`
    giveUp('statistics.not-named', `${place} answers ${status} to ${PATH}`)
    return
  }
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    const problem = reader.push(chunk)
    if (problem !== undefined)
      giveUp('statistics.not-named', `the answer of ${place} was not taken: ${problem}`)
    else if (bytes > STATISTICS_BYTES_MAX) {
      giveUp('statistics.too-large', `the answer of ${place} is larger than ${STATISTICS_BYTES_MAX} bytes`)
    }
  })
  response.on('error', error => {
    giveUp('statistics.cut-off', `the answer of ${place} ended after ${bytes} bytes: ${error.message}`)
  })
  response.on('end', () => {
    const read = reader.finish()
    if (read.ok) settle(read)
    else if (read.error === 'it ends too early') {
      giveUp('statistics.cut-off', `the answer of ${place} ended in the middle, after ${bytes} bytes`)
    } else giveUp('statistics.not-named', `the answer of ${place} was not taken: ${read.error}`)
  })
}
