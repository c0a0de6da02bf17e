import { fail, invariant, ok, type Result } from '../base/index.ts'
import type { Fleet } from '../fleet/index.ts'
import { checkFleet } from './checks/table.ts'
import { composeFleet } from './compose.ts'
import { readDocument } from './document.ts'
import { diagnoseAt, type Finding, type FleetDiagnostic } from './finding.ts'
import { explainIssue } from './issues.ts'
import type { Places } from './places.ts'
import { findUnknownNames } from './references.ts'
import { documentSchema } from './schema.ts'
import { buildTree } from './tree.ts'

/** Beyond this many diagnostics the file is something else than a fleet file with mistakes. */
const DIAGNOSTICS_MAX = 100

/** A fleet that is right, and what is nevertheless worth saying about it. */
export type FleetReading = { readonly fleet: Fleet; readonly warnings: readonly FleetDiagnostic[] }

/** The fleet that `baton.yaml` describes, or everything that is wrong with it in the order of the text. */
export function parseFleet(text: string, file: string): Result<Fleet, FleetDiagnostic[]> {
  const reading = readFleet(text, file)
  return reading.ok ? ok(reading.value.fleet) : reading
}

/** As `parseFleet`, with the warnings of a fleet that is right; with errors the warnings stand among them. */
export function readFleet(text: string, file: string): Result<FleetReading, FleetDiagnostic[]> {
  invariant(file.startsWith('/'), 'the path of the fleet file is absolute')
  const read = readDocument(text, file)
  if (!read.ok) return fail(inOrder(read.error))
  const { document, places, warnings } = read.value
  const tree = buildTree(document, places)
  const parsed = documentSchema.safeParse(tree.value, { jitless: true, reportInput: true })
  const findings = [
    ...(parsed.error?.issues ?? []).flatMap(issue => explainIssue(issue, { places, document: tree.value })),
    ...findUnknownNames(tree.value),
  ]
  const diagnostics = [...warnings, ...tree.diagnostics, ...placed(findings, places)]
  if (!parsed.success || hasError(diagnostics)) return fail(inOrder(diagnostics))
  const fleet = composeFleet(parsed.data, file)
  const all = inOrder([...diagnostics, ...placed(checkFleet({ fleet, document: parsed.data }), places)])
  return hasError(all) ? fail(all) : ok({ fleet, warnings: all })
}

function placed(findings: readonly Finding[], places: Places): FleetDiagnostic[] {
  return findings.map(finding => diagnoseAt(finding, places))
}

function hasError(diagnostics: readonly FleetDiagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

/** By place, each once; errors win where not all can be told. */
function inOrder(diagnostics: readonly FleetDiagnostic[]): FleetDiagnostic[] {
  const errorsFirst = diagnostics.toSorted((left, right) => rank(left) - rank(right))
  return withoutRepeats(errorsFirst)
    .slice(0, DIAGNOSTICS_MAX)
    .sort((left, right) => left.place.offset - right.place.offset)
}

/** The YAML reader may complain of one thing twice, and a merged mapping is read once for each use. */
function withoutRepeats(diagnostics: readonly FleetDiagnostic[]): FleetDiagnostic[] {
  const seen = new Set<string>()
  return diagnostics.filter(({ message, place }) => {
    const words = `${place.offset} ${message}`
    return !seen.has(words) && seen.add(words)
  })
}

function rank({ severity }: FleetDiagnostic): number {
  return severity === 'error' ? 0 : 1
}
