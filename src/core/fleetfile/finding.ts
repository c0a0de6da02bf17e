import type { Code, Diagnostic } from '../base/index.ts'
import type { Path, Places } from './places.ts'

/** A diagnostic of the fleet file. Baton knows all that may be written there, so that it can always say what to do. */
export type FleetDiagnostic = Diagnostic & { readonly remedy: string }

/** Something to say about a part of the document; it becomes a diagnostic once its place is known. */
export type Finding = {
  readonly code: Extract<Code, `fleet.${string}`>
  readonly severity: Diagnostic['severity']
  readonly path: Path
  /** Whether it is about the value at the path, or about the word that introduces it. */
  readonly about: 'key' | 'value'
  readonly message: string
  readonly remedy: string
}

export function diagnoseAt({ path, about, ...told }: Finding, places: Places): FleetDiagnostic {
  const place = about === 'key' ? places.key(path) : places.value(path)
  return { kind: 'diagnostic', ...told, place }
}
