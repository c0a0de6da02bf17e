import { createHash } from 'node:crypto'
import { parseObject } from '../../core/base/index.ts'
import type { JournalEntry } from './entry.ts'

/** What a line of a journal turned out to be; `torn` is a last line whose end is not there. */
export type ReadLine =
  | { readonly kind: 'entry'; readonly entry: JournalEntry }
  | { readonly kind: 'blank' | 'torn' | 'damaged' | 'newer' }

/** The version of the lines that are written. Lines of version 1 had neither version nor checksum. */
const LINE_VERSION = 2

const SUM_DIGITS = 16

/** Lines of one holder of a run: with a sign of life every ten seconds they last for four months. */
const LINES_MAX = 1_000_000

/** `{"version":2,"sum":"0123456789abcdef",` and then what the sum is over, to the end of the line. */
const HEAD = /^\{"version":2,"sum":"([0-9a-f]{16})",/

/** How a line of the first version begins; a later one whose head is damaged does not. */
const FIRST_VERSION = '{"generation":'

/** Table: every kind of entry. A whole line of another kind was written by a newer Baton. */
const KINDS: Readonly<Record<JournalEntry['kind'], true>> = {
  begun: true,
  'taken-over': true,
  alive: true,
  found: true,
  intent: true,
  done: true,
  failed: true,
  turned: true,
  ended: true,
}

/** The entry as one line. Whatever else an entry holds is kept. */
export function printEntry(entry: JournalEntry): string {
  const rest = JSON.stringify(entry).slice(1)
  return `{"version":${LINE_VERSION},"sum":"${sumOf(rest)}",${rest}\n`
}

/** The lines of a journal as they stand in a file. */
export function parseLines(text: string): readonly ReadLine[] {
  const lines = text.split('\n')
  return lines.map((line, index) => {
    if (line === '') return { kind: 'blank' }
    const read = parseLine(line)
    return read.kind === 'damaged' && index === lines.length - 1 ? { kind: 'torn' } : read
  })
}

function parseLine(line: string): ReadLine {
  const head = HEAD.exec(line)
  if (head !== null && sumOf(line.slice(head[0].length)) !== head[1]) return { kind: 'damaged' }
  const value = parseObject(line)
  if (value === undefined) return { kind: 'damaged' }
  if (head === null && !line.startsWith(FIRST_VERSION))
    return { kind: Number(value['version']) > LINE_VERSION ? 'newer' : 'damaged' }
  const {
    version: _,
    sum: __,
    ...entry
  } = value as Partial<JournalEntry> & Record<'version' | 'sum', unknown>
  if (!isCount(entry.generation) || !isCount(entry.sequence) || typeof entry.kind !== 'string')
    return { kind: 'damaged' }
  if (!Object.hasOwn(KINDS, entry.kind)) return { kind: head === null ? 'damaged' : 'newer' }
  return { kind: 'entry', entry: entry as JournalEntry }
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < LINES_MAX
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, SUM_DIGITS)
}
