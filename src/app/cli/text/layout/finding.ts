import { listFew } from '../../../../core/base/index.ts'
import { type Line, type Tone, tell } from './line.ts'
import { withDays } from './time.ts'
import { wrap } from './wrap.ts'

/** Anything with a code, a cause and a remedy, as it is told on every page of output. */
export type Finding = {
  /** The word before the code: `error`, `warning`, `problem`, `notice`. */
  readonly word: string
  readonly tone: Tone
  readonly code: string
  readonly subject: string
  readonly because: string
  readonly remedy: string | undefined
  /** Lines below the cause that are shown as they are: a code frame. */
  readonly frame: readonly string[]
}

/** As many servers as a fleet has, mostly: each is one that somebody has to go to. */
const SUBJECTS_NAMED_MAX = 8
const HANG = 4

/** Findings one below the other; those with one cause share a line, and those with one remedy name it once. */
export function findingLines(findings: readonly Finding[], width: number): readonly Line[] {
  return groupBy(findings, ({ code, remedy, word }) => `${word} ${code} ${remedy}`).flatMap(alike => [
    ...groupBy(alike, ({ because, frame }) => `${because}\n${frame.join('\n')}`).flatMap(same =>
      causeLines(same, width),
    ),
    ...remedyLines(alike[0]?.remedy, width),
  ])
}

function causeLines(same: readonly Finding[], width: number): readonly Line[] {
  const [first] = same
  if (first === undefined) return []
  const subjects = listFew([...new Set(same.map(({ subject }) => subject))], { max: SUBJECTS_NAMED_MAX })
  const head = [
    tell(first.word, first.tone),
    tell(`[${first.code}] `, 'faint'),
    tell(subjects, 'strong'),
    tell(`: ${oneLine(first.because)}`),
  ]
  return [...wrap(head, { width, hang: HANG }), ...first.frame.map(text => [tell(`  ${text}`)])]
}

function remedyLines(remedy: string | undefined, width: number): readonly Line[] {
  return remedy === undefined
    ? []
    : wrap([tell('  → ', 'faint'), tell(oneLine(remedy))], { width, hang: HANG })
}

/** What a command printed may have lines of its own, and times are told in one way. */
function oneLine(text: string): string {
  return withDays(text)
    .trim()
    .replace(/\s*\n\s*/g, ' ')
}

/** In the order in which each group first occurs. */
function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly Value[][] {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return [...groups.values()]
}
