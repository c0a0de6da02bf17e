import { fail, ok, type Result } from '../../base/index.ts'

const GROUPS = 8
const OCTET = /^(?:0|[1-9][0-9]{0,2})$/
const GROUP = /^[0-9a-f]{1,4}$/i

/**
 * An IPv4 or IPv6 literal in its one canonical form (RFC 5952), so that equal addresses are equal strings.
 * Names, brackets, prefix lengths and interface zones (`%eth0`) are not addresses here.
 */
export function readAddress(text: string): Result<string, string> {
  const canonical = text.includes(':') ? canonicalIpv6(text) : readOctets(text)?.join('.')
  return canonical === undefined
    ? fail('is not an IPv4 or IPv6 address, such as 192.0.2.1 or 2001:db8::1')
    : ok(canonical)
}

function readOctets(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => OCTET.test(part))) return undefined
  const octets = parts.map(Number)
  return octets.every(octet => octet <= 255) ? octets : undefined
}

function canonicalIpv6(text: string): string | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const head = readGroups(halves[0] ?? '')
  const tail = readGroups(halves[1] ?? '')
  if (head === undefined || tail === undefined) return undefined
  const missing = GROUPS - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  if (halves.length === 2 && (halves[0] ?? '').includes('.')) return undefined
  return printIpv6([...head, ...Array.from({ length: missing }, () => 0), ...tail])
}

/** One side of `::`; its last part may be an IPv4 address. */
function readGroups(text: string): number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const octets = readOctets(parts.at(-1) ?? '')
  const written = octets === undefined ? parts : parts.slice(0, -1)
  if (!written.every(part => GROUP.test(part))) return undefined
  const groups = written.map(part => Number.parseInt(part, 16))
  const [first = 0, second = 0, third = 0, fourth = 0] = octets ?? []
  return octets === undefined ? groups : [...groups, first * 256 + second, third * 256 + fourth]
}

/** RFC 5952 section 4: lower case, no leading zeros, the longest run of zeros (the first of equals) as `::`. */
function printIpv6(groups: readonly number[]): string {
  const zeros = longestZeros(groups)
  const print = (part: readonly number[]) => part.map(group => group.toString(16)).join(':')
  if (zeros.length < 2) return print(groups)
  return `${print(groups.slice(0, zeros.start))}::${print(groups.slice(zeros.start + zeros.length))}`
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let longest = { start: 0, length: 0 }
  let length = 0
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > longest.length) longest = { start: at + 1 - length, length }
  }
  return longest
}
