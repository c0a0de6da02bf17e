import { invariant } from '../../../core/base/index.ts'
import type { RunDocument } from '../../contract/index.ts'

/** A rejoin that came to its end: who came back, behind whom, in which term. */
export type RejoinDone = {
  readonly set: string
  readonly from: string
  readonly to: string
  readonly term: number
}

/** Nothing for every other run, and for one that did not come so far. */
export function rejoinDone({ operation, outcome, set, from, to, term }: RunDocument): RejoinDone | undefined {
  if ((operation !== 'rejoin' && operation !== 'resolve') || outcome !== 'done') return undefined
  const isWhole = set !== null && from !== null && to !== null && term !== null
  invariant(isWhole, 'a rejoin passes the role of a set between servers')
  return { set, from, to, term }
}
