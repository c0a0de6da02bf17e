import type * as z from 'zod/mini'
import { listWords, suggest } from '../fleet/index.ts'
import type { Finding } from './finding.ts'
import { type Path, type Places, printPath } from './places.ts'

type Issue = z.core.$ZodIssue

/** What the schema knows at a place, for suggestions: the words that may stand in a mapping. */
export type Known = (path: Path) => readonly string[]

export type IssueContext = { readonly places: Places; readonly known: Known }

/** What the schema library says where the schema does not say more. */
const UNSAID = 'Invalid input'

const NUMBERS = new Set(['int', 'number'])

const KINDS = new Map([
  ['string', 'a text'],
  ['int', 'a whole number'],
  ['number', 'a whole number'],
  ['boolean', '`true` or `false`'],
  ['array', 'a list'],
  ['object', 'a mapping'],
  ['record', 'a mapping'],
])

/** Says in Baton's words what the schema complains about. */
export function explainIssue(issue: Issue, context: IssueContext): Finding[] {
  const path = issue.path as Path
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownSetting([...path, key], context))
    case 'invalid_type':
      return [context.places.has(path) ? wrongKind(path, issue) : missing(path)]
    case 'invalid_key':
      return [badName(path, issue.issues[0]?.message)]
    case 'invalid_union':
      return explainUnion(issue, context)
    case 'invalid_value':
      return [badValue(path, `expects ${issue.values.map(value => `\`${String(value)}\``).join(' or ')}`)]
    case 'too_small':
      return [tooFewOrSmall(path, issue)]
    case 'too_big':
      return [
        issue.origin === 'string' ? badText(path, issue) : badValue(path, `is at most ${issue.maximum}`),
      ]
    case 'invalid_format':
      return [badText(path, issue)]
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
      return [complaint(path, issue.message)]
  }
}

/** When one form of the value was meant clearly, its own complaints; else the choice. */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, context: IssueContext): Finding[] {
  const path = issue.path as Path
  if (!context.places.has(path)) return [missing(path)]
  const meant = issue.errors.find(
    errors => !errors.some(error => error.path.length === 0 && isWrongForm(error.code)),
  )
  if (meant === undefined) return [complaint(path, issue.message)]
  return meant.flatMap(error => explainIssue({ ...error, path: [...path, ...error.path] }, context))
}

function isWrongForm(code: Issue['code']): boolean {
  return code === 'invalid_type' || code === 'invalid_value'
}

function unknownSetting(path: Path, { known }: IssueContext): Finding {
  const word = String(path.at(-1))
  const words = known(path.slice(0, -1))
  const meant = suggest(word, words)
  return {
    code: 'fleet.unknown-setting',
    severity: 'error',
    path,
    about: 'key',
    message: `\`${word}\` means nothing ${path.length > 1 ? `in \`${printPath(path.slice(0, -1))}\`` : 'here'}.`,
    remedy: words.includes(word)
      ? 'It goes only with another `kind`.'
      : meant === undefined
        ? `Known here are ${listWords(words)}.`
        : `Did you mean \`${meant}\`?`,
  }
}

function missing(path: Path): Finding {
  const around = path.slice(0, -1)
  const where = around.length > 0 ? `\`${printPath(around)}\`` : 'The file'
  return {
    code: 'fleet.missing-setting',
    severity: 'error',
    path: around,
    about: 'key',
    message: `${where} does not say \`${String(path.at(-1))}\`, which has no default.`,
  }
}

function wrongKind(path: Path, issue: Extract<Issue, { code: 'invalid_type' }>): Finding {
  if (path.length === 0)
    return finding('fleet.bad-value', path, 'A fleet file is a mapping: `fleet: NAME` and so on.')
  const expected = issue.message === UNSAID ? (KINDS.get(issue.expected) ?? issue.expected) : issue.message
  return { ...badValue(path, `expects ${expected}`), remedy: wrongKindRemedy(issue) }
}

function wrongKindRemedy({
  expected,
  message,
  input,
}: Extract<Issue, { code: 'invalid_type' }>): string | undefined {
  if (input === null) return 'Nothing is said after its colon.'
  if (typeof input === 'string' && NUMBERS.has(expected)) return 'Write it as a number, without quotes.'
  if (typeof input === 'number' && message !== UNSAID) return 'Add the unit.'
  if (typeof input === 'string' && expected === 'array') return `Put it in brackets: \`[${input}]\`.`
  return expected === 'string' && typeof input !== 'object' ? 'Put it in quotes.' : undefined
}

function tooFewOrSmall(path: Path, issue: Extract<Issue, { code: 'too_small' }>): Finding {
  return badValue(path, issue.origin === 'array' ? 'is empty' : `is at least ${issue.minimum}`)
}

function badName(path: Path, rule: string | undefined): Finding {
  const message = `\`${String(path.at(-1))}\` cannot be used as a name.`
  return { code: 'fleet.bad-name', severity: 'error', path, about: 'key', message, remedy: rule }
}

/** The one text that is a name and not a key: that of the fleet. */
function badText(path: Path, { input, message }: Issue): Finding {
  const complaint = `\`${printPath(path)}\`: \`${String(input)}\` cannot be used as a name.`
  return { ...finding('fleet.bad-name', path, complaint), remedy: message }
}

function badValue(path: Path, what: string): Finding {
  return finding('fleet.bad-value', path, `\`${printPath(path)}\` ${what}.`)
}

function complaint(path: Path, message: string): Finding {
  return finding('fleet.bad-value', path, `\`${printPath(path)}\`: ${message}`)
}

function finding(code: Finding['code'], path: Path, message: string): Finding {
  return { code, severity: 'error', path, about: 'value', message }
}
