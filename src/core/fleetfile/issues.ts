import type * as z from 'zod/mini'
import type { Finding } from './finding.ts'
import { type Path, type Places, printPath } from './places.ts'
import { valueAt } from './raw-document.ts'
import { badText, noChoice, tooManyOf, wrongKind, wrongValue } from './wrong-value.ts'
import { badName, missingSetting, unknownSetting } from './wrong-word.ts'

type Issue = z.core.$ZodIssue

/** What the schema looked at, and where it was written. */
export type IssueContext = { readonly places: Places; readonly document: unknown }

/** Says in Baton's words what the schema complains about. */
export function explainIssue(issue: Issue, context: IssueContext): Finding[] {
  const path = issue.path as Path
  const { places, document } = context
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownSetting([...path, key]))
    case 'invalid_type':
      return [places.has(path) ? wrongKind(path, issue) : missingSetting({ path, choices: [], document })]
    case 'invalid_key':
      return [badName(path)]
    case 'invalid_union':
      return explainUnion(issue, context)
    case 'invalid_value':
      return [explainChoice(path, issue)]
    case 'too_small':
      return [wrongValue(path, issue.origin === 'array' ? ' is empty.' : ` is at least ${issue.minimum}.`)]
    case 'too_big':
      return [
        issue.origin === 'string'
          ? badText(path, issue.input)
          : wrongValue(path, ` is at most ${issue.maximum}.`),
      ]
    case 'invalid_format':
      return [badText(path, issue.input)]
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
      return [explainRule(path, issue)]
  }
}

/** When one form of the value was meant clearly, its own complaints; else the choice. */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, context: IssueContext): Finding[] {
  const path = issue.path as Path
  const { places, document } = context
  const choices = ('options' in issue && issue.options) || []
  if (!places.has(path)) return [missingSetting({ path, choices, document })]
  const meant = issue.errors.find(
    errors => !errors.some(error => error.path.length === 0 && isWrongForm(error.code)),
  )
  if (meant !== undefined)
    return meant.flatMap(error => explainIssue({ ...error, path: [...path, ...error.path] }, context))
  if (choices.length === 0) return [wrongValue(path, `: ${issue.message}`)]
  const input = valueAt(document, path)
  return [noChoice(path, `\`${printPath(path)}\`: ${issue.message}`, { input, choices })]
}

function isWrongForm(code: Issue['code']): boolean {
  return code === 'invalid_type' || code === 'invalid_value'
}

function explainChoice(path: Path, { input, values }: Extract<Issue, { code: 'invalid_value' }>): Finding {
  const message = `\`${printPath(path)}\` expects ${values.map(value => `\`${String(value)}\``).join(' or ')}.`
  return noChoice(path, message, { input, choices: values })
}

/** A rule of a text, or of how many entries a mapping may have. */
function explainRule(path: Path, { input, message }: Issue): Finding {
  return typeof input === 'string' ? wrongValue(path, `: ${message}`) : tooManyOf(path, message)
}
