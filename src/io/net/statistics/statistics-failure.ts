import { CODES, type Failure, failure } from '../../../core/base/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'

export type StatisticsCode =
  | 'statistics.cannot-connect'
  | 'statistics.deadline'
  | 'statistics.cut-off'
  | 'statistics.not-named'
  | 'statistics.too-large'

export function statisticsFailure(code: StatisticsCode, endpoint: Endpoint, because: string): Failure {
  return failure({ code, subject: printEndpoint(endpoint), because, remedy: CODES[code].remedy })
}
