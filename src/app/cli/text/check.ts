import { countOf, listFew } from '../../../core/base/index.ts'
import type { CheckDocument, CheckStatus } from '../../contract/index.ts'
import { findingLines } from './layout/finding.ts'
import { EMPTY_LINE, type Line, line, type Tone, tell } from './layout/line.ts'
import { wrap } from './layout/wrap.ts'

const TONES: Readonly<Record<CheckStatus['outcome'], Tone>> = {
  yes: 'good',
  no: 'bad',
  warning: 'warning',
  unknown: 'warning',
}
/** The longest outcome and a gap, in columns. */
const MARGIN = 'warning'.length + 2

/** Every question with its answer, and below a no or a warning, why and what to do. Who is silent is told once, at the end. */
export function checkLines({ operation, from, to, checks }: CheckDocument, width: number): readonly Line[] {
  const about = from === null || to === null ? operation : `${operation} ${from} → ${to}`
  const told = new Set<string>()
  return [
    line(about, 'strong'),
    EMPTY_LINE,
    ...checks.flatMap(check => oneCheck(check, told, width)),
    EMPTY_LINE,
    ...wrap(line(summaryOf(checks)), { width, hang: 2 }),
  ]
}

/** What to do about the same cause on the same server is told where it comes first. */
function oneCheck(
  { outcome, question, reasons }: CheckStatus,
  told: Set<string>,
  width: number,
): readonly Line[] {
  const answer = tell(outcome.padEnd(MARGIN), TONES[outcome])
  const findings = (outcome === 'unknown' ? [] : reasons).map(reason => {
    const key = `${reason.subject} ${reason.because} ${reason.remedy}`
    const remedy = told.has(key) ? undefined : reason.remedy
    told.add(key)
    return { word: outcome, tone: TONES[outcome], frame: [], ...reason, remedy }
  })
  const margin = tell(' '.repeat(MARGIN))
  return [
    ...wrap([answer, tell(question)], { width, hang: MARGIN }),
    ...findingLines(findings, width - MARGIN).map(each => [margin, ...each]),
  ]
}

/** `31 checks: 26 yes, 1 warning, 1 no, 3 unknown: e1 does not answer`. */
export function summaryOf(checks: readonly CheckStatus[]): string {
  const count = (wanted: CheckStatus['outcome']) => checks.filter(({ outcome }) => outcome === wanted).length
  const warnings = count('warning')
  const parts = [
    `${count('yes')} yes`,
    ...(warnings === 0 ? [] : [countOf(warnings, 'warning')]),
    ...(count('no') === 0 ? [] : [`${count('no')} no`]),
    ...(count('unknown') === 0 ? [] : [`${count('unknown')} unknown: ${silenceOf(checks)}`]),
  ]
  return `${countOf(checks.length, 'check')}: ${parts.join(', ')}`
}

function silenceOf(checks: readonly CheckStatus[]): string {
  const unknown = checks.filter(({ outcome }) => outcome === 'unknown')
  const silent = [...new Set(unknown.flatMap(({ reasons }) => reasons.map(({ subject }) => subject)))]
  return `${listFew(silent)} ${silent.length === 1 ? 'does' : 'do'} not answer`
}
