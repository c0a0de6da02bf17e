import { fail, ok, type Result } from './result.ts'

const NAME_BYTES_MAX = 255
const LABEL_BYTES_MAX = 63
/** What nearly every name looks like: canonical as it stands, so it need not be taken apart (20,000 at a time matter). */
const CANONICAL = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/
/** Printed without the final dot; the first label's length byte and the root's are what is missing. */
const CANONICAL_LENGTH_MAX = NAME_BYTES_MAX - 2
const BACKSLASH = 0x5c
const DOT = 0x2e

declare const domainNameBrand: unique symbol

/**
 * A domain name in canonical presentation form: absolute, lower case, without the final dot (the root is `.`),
 * with `\.`, `\\` and `\DDD` only where RFC 1035 section 5.1 needs them. Equal names are equal strings.
 */
export type DomainName = string & { readonly [domainNameBrand]: true }

/** Why a text is no domain name, in words that fit after "because". */
export type DomainNameProblem =
  | 'empty'
  | 'empty label'
  | 'label over 63 bytes'
  | 'name over 255 bytes'
  | 'bad escape'

/** Reads presentation form (RFC 1035 section 5.1), with or without the final dot; a name is taken as absolute. */
export function parseDomainName(text: string): Result<DomainName, DomainNameProblem> {
  if (text.length <= CANONICAL_LENGTH_MAX && CANONICAL.test(text)) return ok(text as DomainName)
  if (text === '') return fail('empty')
  if (text === '.') return ok('.' as DomainName)
  const labels: number[][] = [[]]
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const label = labels[labels.length - 1] as number[]
    if (byte === DOT) {
      if (label.length === 0) return fail('empty label')
      if (at < bytes.length - 1) labels.push([])
      continue
    }
    if (byte !== BACKSLASH) {
      label.push(byte)
      continue
    }
    const escaped = readEscape(bytes, at + 1)
    if (escaped === undefined) return fail('bad escape')
    label.push(escaped.byte)
    at += escaped.length
  }
  return nameFromLabels(labels.map(label => Uint8Array.from(label)))
}

/** The canonical name of raw labels, root label left out. */
export function nameFromLabels(labels: readonly Uint8Array[]): Result<DomainName, DomainNameProblem> {
  if (labels.length === 0) return ok('.' as DomainName)
  let length = 1
  const parts: string[] = []
  for (const label of labels) {
    if (label.length === 0) return fail('empty label')
    if (label.length > LABEL_BYTES_MAX) return fail('label over 63 bytes')
    length += label.length + 1
    parts.push(printLabel(label))
  }
  return length > NAME_BYTES_MAX ? fail('name over 255 bytes') : ok(parts.join('.') as DomainName)
}

/** The labels of a canonical name as raw bytes, root label left out. */
export function labelsOf(name: DomainName): Uint8Array[] {
  if (name === '.') return []
  if (!name.includes('\\')) return name.split('.').map(label => new TextEncoder().encode(label))
  const labels: number[][] = [[]]
  const bytes = new TextEncoder().encode(name)
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte === DOT) {
      labels.push([])
      continue
    }
    const escaped = byte === BACKSLASH ? readEscape(bytes, at + 1) : undefined
    ;(labels[labels.length - 1] as number[]).push(escaped?.byte ?? byte)
    at += escaped?.length ?? 0
  }
  return labels.map(label => Uint8Array.from(label))
}

function readEscape(bytes: Uint8Array, at: number): { byte: number; length: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (!isDigit(first)) return { byte: first, length: 1 }
  const digits = bytes.subarray(at, at + 3)
  if (digits.length < 3 || !digits.every(isDigit)) return undefined
  const byte = Number.parseInt(String.fromCharCode(...digits), 10)
  return byte > 255 ? undefined : { byte, length: 3 }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** Lower case by RFC 4343 (ASCII only); what could be misread is escaped, as named prints it. */
function printLabel(label: Uint8Array): string {
  let text = ''
  for (const byte of label) {
    const lower = byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
    if (lower <= 0x20 || lower >= 0x7f) text += `\\${String(lower).padStart(3, '0')}`
    else if ('."();@$\\'.includes(String.fromCharCode(lower))) text += `\\${String.fromCharCode(lower)}`
    else text += String.fromCharCode(lower)
  }
  return text
}
