import { CODES, type ListedCode } from '../base/index.ts'
import type { Finding } from './diagnose.ts'
import type { ScanFault } from './scanner.ts'

/** A finding about one character. */
export function findAt(code: ListedCode, offset: number, message: string): Finding {
  return { code, message, remedy: CODES[code].remedy, start: offset, end: offset + 1 }
}

/** What is said of a text that ends within a string or a comment. */
export function findFault(fault: ScanFault, offset: number): Finding {
  return fault === 'unterminated-string'
    ? findAt('namedconf.unterminated-string', offset, 'This string has no closing quote.')
    : findAt('namedconf.unterminated-comment', offset, 'This comment has no "*/".')
}
