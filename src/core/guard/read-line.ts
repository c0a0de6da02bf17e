import { CODES, type ListedCode } from '../base/index.ts'
import { ANSWERS, type Answer } from './table.ts'

/** What the guard says of a zone set: its role, or why it did nothing. */
const OUTCOMES = ['active', 'standby', 'unsafe', 'waits', 'refused'] as const

export type GuardOutcome = (typeof OUTCOMES)[number]

/** One line of the guard's, printed or logged. */
export type GuardLine = {
  /** When it was logged, as RFC 3339; nothing on a line that was printed. */
  readonly at: string | undefined
  readonly mode: string
  /** Nothing where it is about the whole server; `*` where its state file names no set. */
  readonly set: string | undefined
  readonly outcome: GuardOutcome
  readonly code: ListedCode
  /** The own term; nothing where it was not known. */
  readonly term: number | undefined
  readonly heard: readonly { readonly server: string; readonly answer: Answer }[]
  /** What was done, or why not, in the guard's words; empty when there was nothing to say. */
  readonly remark: string
}

const LINE =
  /^(?:(?<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) )?(?<mode>[a-z-]+): (?:set (?<set>\S+) )?(?<outcome>[a-z]+) because (?<code>[a-z.-]+)(?:; own \S+ term (?<term>\S+); heard (?<heard>[^;]+))?(?:; (?<remark>.*))?$/

/** Reads a line of the guard's output or of `baton/guard.log`; nothing for a line that is none, or of a later version. */
export function readGuardLine(text: string): GuardLine | undefined {
  const groups = LINE.exec(text)?.groups
  const outcome = OUTCOMES.find(each => each === groups?.['outcome'])
  const code = groups?.['code'] ?? ''
  if (groups === undefined || outcome === undefined || !isCode(code)) return undefined
  const term = groups['term'] ?? ''
  return {
    at: groups['at'],
    mode: groups['mode'] ?? '',
    set: groups['set'],
    outcome,
    code,
    term: /^\d+$/.test(term) ? Number(term) : undefined,
    heard: (groups['heard'] ?? '').split(' ').flatMap(readHeard),
    remark: groups['remark'] ?? '',
  }
}

/** `ns2=confirms`; what is no answer, such as the word `nobody`, is left out. */
function readHeard(word: string) {
  const [server = '', name] = word.split('=')
  const answer = ANSWERS.find(each => each === name)
  return answer === undefined ? [] : [{ server, answer }]
}

function isCode(text: string): text is ListedCode {
  return text in CODES
}
