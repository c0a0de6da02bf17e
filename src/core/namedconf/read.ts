import type { Block, Part, Statement } from './tree.ts'

const CAPITAL = /[A-Z]/

/**
 * The first word in lower case, as named compares it (ASCII only); nothing when the statement begins
 * otherwise.
 */
export function keywordOf(statement: Statement): string | undefined {
  const first = statement.parts[0]
  return first?.kind === 'word' ? lowerCase(textOf(first)) : undefined
}

/**
 * What named takes a part for: a string without its quotes and with `\"` read as `"`; anything else as it is
 * written.
 */
export function textOf(part: Part): string {
  const { text } = part.source
  if (part.kind !== 'string') return text.slice(part.start, part.end)
  const closed = part.end - part.start > 1 && text.charCodeAt(part.end - 1) === 0x22
  const inside = text.slice(part.start + 1, closed ? part.end - 1 : part.end)
  return inside.includes('\\')
    ? inside.replace(/\\(.)/gs, (pair, next: string) => (next === '"' ? next : pair))
    : inside
}

/**
 * Values of the words and strings between the keyword and the first braces: `["2001:db8::1", "port", "53"]`.
 */
export function valuesOf(statement: Statement): string[] {
  const values: string[] = []
  for (const part of statement.parts.slice(1)) {
    if (part.kind === 'block') break
    values.push(textOf(part))
  }
  return values
}

/** The first braces of a statement. */
export function blockOf(statement: Statement): Block | undefined {
  return statement.parts.find(part => part.kind === 'block')
}

/** The statements in its first braces; none when it has no braces. */
export function bodyOf(statement: Statement): readonly Statement[] {
  return blockOf(statement)?.statements ?? []
}

/**
 * The first statement with this keyword (lower case); named refuses a second one for all options that are not
 * lists.
 */
export function findStatement(statements: readonly Statement[], keyword: string): Statement | undefined {
  return statements.find(statement => hasKeyword(statement, keyword))
}

/** All statements with this keyword (lower case), in their order. */
export function findStatements(statements: readonly Statement[], keyword: string): Statement[] {
  return statements.filter(statement => hasKeyword(statement, keyword))
}

/** The first value of the first statement with this keyword: `valueIn(zone.body, 'file')`. */
export function valueIn(statements: readonly Statement[], keyword: string): string | undefined {
  const value = findStatement(statements, keyword)?.parts[1]
  return value === undefined || value.kind === 'block' ? undefined : textOf(value)
}

/** Whether a statement begins with this keyword (lower case), without making a string of it. */
export function hasKeyword(statement: Statement, keyword: string): boolean {
  const first = statement.parts[0]
  if (first?.kind !== 'word' || first.end - first.start !== keyword.length) return false
  const { text } = first.source
  for (let at = 0; at < keyword.length; at++) {
    const code = text.charCodeAt(first.start + at)
    const lower = code >= 0x41 && code <= 0x5a ? code + 0x20 : code
    if (lower !== keyword.charCodeAt(at)) return false
  }
  return true
}

/** Lower case for ASCII alone, so that no other letter turns into one of a keyword's. */
export function lowerCase(text: string): string {
  return CAPITAL.test(text) ? text.replace(/[A-Z]+/g, letters => letters.toLowerCase()) : text
}
