import type { Problem, Result } from '../../../core/base/index.ts'
import type { StatusDocument } from '../../contract/index.ts'

type Look = Result<StatusDocument, readonly Problem[]>

/** What is new since the look before, one fact a line: for a log that is followed. */
export function changeLines(before: Look | undefined, now: Look): readonly string[] {
  const had = before === undefined ? [] : factsOf(before)
  const has = factsOf(now)
  const begun = has.filter(fact => !had.includes(fact))
  const ended = had.filter(fact => !has.includes(fact)).filter(fact => FINDING.test(fact))
  return [...ended.map(fact => `over: ${fact}`), ...begun]
}

const FINDING = /^(problem|notice|error)\[/

function factsOf(look: Look): readonly string[] {
  if (!look.ok) return look.error.map(problemInWords)
  const { sets, verdicts } = look.value
  return [
    ...sets.map(({ set, active, term }) =>
      active === null ? `${set}: active unknown` : `${set}: ${active} is active in term ${term}`,
    ),
    ...verdicts.map(({ severity, code, subject }) => `${severity}[${code}] ${subject}`),
    ...(verdicts.length === 0 ? ['all well'] : []),
  ]
}

function problemInWords(problem: Problem): string {
  return problem.kind === 'diagnostic'
    ? `error[${problem.code}] ${problem.place.file}: ${problem.message}`
    : `error[${problem.code}] ${problem.subject}: ${problem.because}`
}
