import type { Code, Diagnostic } from '../base/index.ts'
import type { Path, Places } from './places.ts'

/** Something to say about a part of the document; it becomes a diagnostic once its place is known. */
export type Finding = {
  readonly code: Extract<Code, `fleet.${string}`>
  readonly severity: Diagnostic['severity']
  readonly path: Path
  /** Whether it is about the value at the path, or about the word that introduces it. */
  readonly about: 'key' | 'value'
  readonly message: string
  readonly remedy?: string | undefined
}

export function diagnose(finding: Finding, places: Places): Diagnostic {
  return {
    kind: 'diagnostic',
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    ...(finding.remedy !== undefined && { remedy: finding.remedy }),
    place: finding.about === 'key' ? places.key(finding.path) : places.value(finding.path),
  }
}
