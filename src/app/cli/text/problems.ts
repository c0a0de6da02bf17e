import { type Problem, renderFrame } from '../../../core/base/index.ts'
import { type Finding, findingLines } from './layout/finding.ts'
import type { Line } from './layout/line.ts'
import { printDuration } from './layout/time.ts'

/** A failure that took at least this long says so, in milliseconds. */
const TELLING_MS = 1000

/** Whatever went wrong: what, about which thing, why, and what to do. `texts` holds the files that diagnostics are about. */
export function problemLines(
  problems: readonly Problem[],
  texts: ReadonlyMap<string, string>,
  width: number,
): readonly Line[] {
  return findingLines(
    problems.map(problem => findingOf(problem, texts)),
    width,
  )
}

function findingOf(problem: Problem, texts: ReadonlyMap<string, string>): Finding {
  const { code } = problem
  const word = problem.kind === 'diagnostic' ? problem.severity : 'error'
  const tone = word === 'error' ? 'bad' : 'warning'
  if (problem.kind !== 'diagnostic')
    return {
      word,
      tone,
      code,
      subject: problem.subject,
      because: becauseOf(problem),
      remedy: problem.remedy,
      frame: [],
    }
  const { file, line, column } = problem.place
  const text = texts.get(file)
  return {
    word,
    tone,
    code,
    subject: `${file}:${line}:${column}`,
    because: problem.message,
    remedy: problem.remedy,
    frame: text === undefined ? [] : renderFrame(problem, text).split('\n'),
  }
}

function becauseOf(problem: Exclude<Problem, { kind: 'diagnostic' }>): string {
  const elapsedMs = problem.kind === 'failure' ? (problem.elapsedMs ?? 0) : 0
  return elapsedMs < TELLING_MS ? problem.because : `${problem.because} (after ${printDuration(elapsedMs)})`
}
