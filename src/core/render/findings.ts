import type { Code, Diagnostic } from '../base/index.ts'
import { placeOf, type Span } from '../namedconf/index.ts'

/** Most errors, and most warnings, that one rendering reports: a slip in a template shows in every zone. */
export const FINDINGS_MAX = 100

/** Something wrong with a piece of the operator's text. */
export type Finding = { readonly code: Code; readonly message: string; readonly remedy: string }

/**
 * Gathers what is wrong. What is about the same piece of text in the same words is said once, though every server's
 * configuration meets it again; lines are counted only for what is reported.
 */
export class Findings {
  readonly errors: Diagnostic[] = []
  readonly warnings: Diagnostic[] = []
  readonly #seen = new Set<string>()

  error(span: Span, finding: Finding): void {
    this.#add('error', span, finding)
  }

  warn(span: Span, finding: Finding): void {
    this.#add('warning', span, finding)
  }

  #add(severity: Diagnostic['severity'], span: Span, finding: Finding): void {
    const into = severity === 'error' ? this.errors : this.warnings
    if (into.length >= FINDINGS_MAX) return
    const key = `${finding.code}\n${finding.message}\n${span.source.name}\n${span.start}`
    if (this.#seen.has(key)) return
    this.#seen.add(key)
    into.push({ kind: 'diagnostic', severity, ...finding, place: placeOf(span) })
  }
}
