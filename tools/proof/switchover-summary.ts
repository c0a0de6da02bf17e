import type { RunDocument } from '../../src/app/contract/index.ts'
import type { QuerierReport } from '../../src/app/lab/index.ts'
import type { Evidence } from '../../test/support/traffic.ts'

/** One switchover under writes, and what was seen of it. */
export type TrialRun = {
  /** Nothing when it was refused. */
  readonly run: RunDocument | undefined
  readonly evidence: Evidence
  readonly faults: readonly string[]
}

/** What all runs came to, with the rate that was reached and not only the one that was wished. */
export function summaryOf(
  trials: readonly TrialRun[],
  wished: { readonly zones: number; readonly rate: number },
): readonly string[] {
  const sum = (count: (trial: TrialRun) => number) => trials.reduce((total, trial) => total + count(trial), 0)
  const pauses = trials.flatMap(({ run }) => run?.writePauseMs ?? []).toSorted((left, right) => left - right)
  const gaps = trials.map(({ evidence }) => evidence.written.longestGap.lengthMs)
  const updates = sum(({ evidence }) => evidence.written.acknowledged)
  const faulty = trials.filter(({ faults }) => faults.length > 0).length
  const writingS = sum(({ evidence }) => evidence.writingMs) / 1000
  const rounds = Math.min(...trials.map(({ evidence }) => evidence.watched.rounds))
  const asked = (count: (report: QuerierReport) => number) => sum(({ evidence }) => count(evidence.asked))
  return [
    `${trials.length} switchovers of ${wished.zones} zones, ${faulty} not as they should be`,
    `${updates} updates acknowledged, ${(updates / writingS).toFixed(0)} a second of the ${wished.rate} wished`,
    `${asked(report => report.asked)} queries to secondaries, ${asked(report => report.unanswered)} unanswered, ${asked(report => report.wrong)} answered wrongly`,
    `each peer was asked at least ${rounds} times in each run what it would take`,
    `write pause ${pauses[0]} ms at best, ${pauses[Math.floor(pauses.length / 2)]} in the median, ${pauses.at(-1)} at worst`,
    `longest time without an acknowledgement ${Math.round(Math.max(...gaps))} ms`,
  ]
}
