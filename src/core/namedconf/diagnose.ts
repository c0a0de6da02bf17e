import { CODES, type Diagnostic, type ListedCode, type Place } from '../base/index.ts'
import type { Source } from './source.ts'
import type { Span } from './tree.ts'

/** Most diagnostics for one file; when there are more, one at the end says so. */
export const DIAGNOSTICS_MAX = 100

/** A diagnostic whose line and column are not counted yet. */
export type Finding = {
  readonly code: ListedCode
  readonly message: string
  readonly remedy: string
  readonly start: number
  readonly end: number
}

/**
 * Findings of one text as diagnostics in the order of the text, lines and columns counted in one pass over
 * it.
 */
export function placeFindings(source: Source, findings: readonly Finding[]): Diagnostic[] {
  const sorted = [...findings].sort((left, right) => left.start - right.start)
  const cursor = { offset: 0, line: 1, lineStart: 0 }
  return sorted.map(({ code, message, remedy, start, end }) => {
    const place = placeFrom(cursor, source, { start, end })
    return { kind: 'diagnostic', code, severity: 'error', message, remedy, place }
  })
}

/**
 * Where a node is: line and column are counted from the start of its source, in time proportional to the
 * offset.
 */
export function placeOf(span: Span): Place {
  return placeFrom({ offset: 0, line: 1, lineStart: 0 }, span.source, span)
}

/** An error about a node that reading it as something turned up. */
export function diagnose(
  span: Span,
  what: { readonly code: ListedCode; readonly message: string },
): Diagnostic {
  const { remedy } = CODES[what.code]
  return { kind: 'diagnostic', severity: 'error', ...what, remedy, place: placeOf(span) }
}

type Cursor = { offset: number; line: number; lineStart: number }

function placeFrom(cursor: Cursor, source: Source, span: Pick<Span, 'start' | 'end'>): Place {
  for (;;) {
    const feed = source.text.indexOf('\n', cursor.offset)
    if (feed === -1 || feed >= span.start) break
    cursor.line++
    cursor.lineStart = feed + 1
    cursor.offset = feed + 1
  }
  return {
    file: source.name,
    line: cursor.line,
    column: span.start - cursor.lineStart + 1,
    offset: span.start,
    length: span.end - span.start,
  }
}
