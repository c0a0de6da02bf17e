import type * as z from 'zod/mini'
import { suggest } from '../fleet/index.ts'
import { printExample } from './example.ts'
import type { Finding } from './finding.ts'
import { NAME_RULE } from './formats/index.ts'
import { type Path, printPath } from './places.ts'
import { printChoices } from './wrong-word.ts'

type InvalidType = z.core.$ZodIssueInvalidType

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

/** The value is a number where a text is due, and the like. */
export function wrongKind(path: Path, issue: InvalidType): Finding {
  if (path.length === 0) return noMapping(issue.input)
  const expected = issue.message === UNSAID ? (KINDS.get(issue.expected) ?? issue.expected) : issue.message
  return badValue(path, `\`${printPath(path)}\` expects ${expected}.`, wrongKindRemedy(path, issue))
}

function noMapping(input: unknown): Finding {
  const remedy = `${input === null ? 'Begin with `fleet: NAME`' : 'See that it is the fleet file'}; docs/baton.yaml.md shows whole ones.`
  return badValue([], 'A fleet file is a mapping: `fleet: NAME` and so on.', remedy)
}

function wrongKindRemedy(path: Path, { expected, message, input }: InvalidType): string {
  if (input === null) return `Say it after the colon, as in \`${printExample(path)}\`.`
  if (NUMBERS.has(expected) && typeof input === 'string' && /^[0-9]+$/.test(input))
    return 'Write it as a number, without quotes.'
  if (typeof input === 'number' && message !== UNSAID) return `Add the unit, as in \`${printExample(path)}\`.`
  if (typeof input === 'string' && expected === 'array') return `Put it in brackets: \`[${input}]\`.`
  return expected === 'string' && typeof input === 'boolean' ? 'Put it in quotes.' : likeExample(path)
}

/** None of the few values that it may have. */
export function noChoice(path: Path, message: string, { input, choices }: NoChoice): Finding {
  const meant = typeof input === 'string' ? suggest(input, choices.map(String)) : undefined
  const remedy =
    meant === undefined
      ? `Write ${printChoices(String(path.at(-1)), choices)}.`
      : `Did you mean \`${meant}\`?`
  return badValue(path, message, remedy)
}

type NoChoice = { readonly input: unknown; readonly choices: readonly unknown[] }

/** Right in its kind, wrong in what it says. */
export function wrongValue(path: Path, what: string): Finding {
  return badValue(path, `\`${printPath(path)}\`${what}`, likeExample(path))
}

/** The one text that is a name and not a key: that of the fleet. */
export function badText(path: Path, input: unknown): Finding {
  const message = `\`${printPath(path)}\`: \`${String(input)}\` cannot be used as a name.`
  return { ...badValue(path, message, NAME_RULE), code: 'fleet.bad-name' }
}

export function tooManyOf(path: Path, message: string): Finding {
  const remedy = 'See that it is the fleet file, or make two fleets of it.'
  return { ...badValue(path, `\`${printPath(path)}\`: ${message}`, remedy), code: 'fleet.too-large' }
}

function likeExample(path: Path): string {
  return `Write it as in \`${printExample(path)}\`.`
}

function badValue(path: Path, message: string, remedy: string): Finding {
  return { code: 'fleet.bad-value', severity: 'error', path, about: 'value', message, remedy }
}
