import { type Document, parseDocument, type YAMLError } from 'yaml'
import { fail, ok, type Place, type Result } from '../base/index.ts'
import type { FleetDiagnostic } from './finding.ts'
import { findTooDeep, NESTING_MAX } from './nesting.ts'
import { Places, type Span } from './places.ts'
import { YAML_REMEDIES } from './yaml-remedies.ts'

/** A fleet of the most servers, well commented, is a fifth of this. */
const FLEET_LENGTH_MAX = 256 * 1024

/** The YAML document with a finder for its lines, not yet read as anything. */
export type ReadDocument = {
  readonly document: Document
  readonly places: Places
  readonly warnings: readonly FleetDiagnostic[]
}

/** Reads YAML 1.2; what is wrong with it is said with the place where the reader noticed. */
export function readDocument(text: string, file: string): Result<ReadDocument, FleetDiagnostic[]> {
  const places = new Places(text, file)
  if (text.length > FLEET_LENGTH_MAX) {
    const message = `The file has ${text.length} characters; a fleet file has at most ${FLEET_LENGTH_MAX}.`
    const remedy = 'See that it is the fleet file. Zones belong in the files named by `zones`.'
    return fail([tooLarge(message, remedy, places.at({ start: 0, end: 0 }))])
  }
  const tooDeep = findTooDeep(text)
  if (tooDeep !== undefined) {
    const message = `The file is nested too deeply: it opens more than ${NESTING_MAX} levels, one within the other.`
    const remedy = 'See that it is the fleet file, and that every bracket is closed.'
    return fail([tooLarge(message, remedy, places.at(tooDeep))])
  }
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false })
  const say = (error: YAMLError): FleetDiagnostic => problem(error, places.at(spanOf(error, text)))
  if (document.errors.length > 0) return fail(document.errors.map(say))
  const warnings = document.warnings.map(
    (warning): FleetDiagnostic => ({ ...say(warning), severity: 'warning' }),
  )
  return ok({ document, places, warnings })
}

function tooLarge(message: string, remedy: string, place: Place): FleetDiagnostic {
  return { kind: 'diagnostic', code: 'fleet.too-large', severity: 'error', message, remedy, place }
}

function problem(error: YAMLError, place: Place): FleetDiagnostic {
  const words =
    error.code === 'MULTIPLE_DOCS' ? 'a fleet file is one document, and here begins another.' : undefined
  return {
    kind: 'diagnostic',
    code: 'fleet.yaml-syntax',
    severity: 'error',
    message: `This is not readable YAML: ${words ?? sentence(error.message)}`,
    remedy: YAML_REMEDIES[error.code],
    place,
  }
}

/** The parser may point behind the end of the text. */
function spanOf(error: YAMLError, text: string): Span {
  const start = Math.min(error.pos[0], text.length)
  return { start, end: Math.max(start, Math.min(error.pos[1], text.length)) }
}

function sentence(message: string): string {
  const line = message.trim().split('\n', 1)[0] ?? ''
  return `${line.charAt(0).toLowerCase()}${line.slice(1).replace(/\.$/, '')}.`
}
