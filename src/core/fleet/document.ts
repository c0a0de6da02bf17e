import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml'
import { type Diagnostic, fail, ok, type Result } from '../base/index.ts'
import { Places, type Span } from './places.ts'

/** A fleet of the most servers, well commented, is a fifth of this. */
export const FLEET_LENGTH_MAX = 256 * 1024

/** The YAML document with a finder for its lines, not yet read as anything. */
export type ReadDocument = {
  readonly document: Document
  readonly places: Places
  readonly warnings: readonly Diagnostic[]
}

/** Reads YAML 1.2; what is wrong with it is said with the place where the reader noticed. */
export function readDocument(text: string, file: string): Result<ReadDocument, Diagnostic[]> {
  const lines = new LineCounter()
  const places = new Places(file, lines)
  if (text.length > FLEET_LENGTH_MAX) {
    const message = `The file has ${text.length} characters; a fleet file has at most ${FLEET_LENGTH_MAX}.`
    return fail([{ ...problem(message, places.at({ start: 0, end: 0 })), code: 'fleet.too-large' }])
  }
  const document = parseYaml(text, lines)
  if (document === undefined) {
    const message = 'The file is nested far more deeply than any fleet.'
    return fail([{ ...problem(message, places.at({ start: 0, end: 0 })), code: 'fleet.too-large' }])
  }
  const say = (error: YAMLError): Diagnostic => ({
    ...problem(`This is not readable YAML: ${sentence(error.message)}`, places.at(spanOf(error, text))),
    ...(error.code === 'TAB_AS_INDENT' && { remedy: 'Indent with spaces; YAML allows no tabs there.' }),
  })
  if (document.errors.length > 0) return fail(document.errors.map(say))
  const warnings = document.warnings.map((warning): Diagnostic => ({ ...say(warning), severity: 'warning' }))
  return ok({ document, places, warnings })
}

/** Nothing when the nesting exhausts the stack, which is the only error that the parser throws. */
function parseYaml(text: string, lineCounter: LineCounter): Document | undefined {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function problem(message: string, place: Diagnostic['place']): Diagnostic {
  return { kind: 'diagnostic', code: 'fleet.yaml-syntax', severity: 'error', message, place }
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
