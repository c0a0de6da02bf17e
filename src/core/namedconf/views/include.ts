import { findStatements, textOf } from '../read.ts'
import type { Statement } from '../tree.ts'

/**
 * `include <quoted_string>;`, at the top and inside every statement that holds options. `resolveIncludes`
 * follows it.
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-include
 */
export type Include = {
  readonly statement: Statement
  /** A file name, or a pattern as glob(3) takes it. */
  readonly pattern: string
}

export function includesOf(statements: readonly Statement[]): readonly Include[] {
  return findStatements(statements, 'include').flatMap(statement => {
    const name = statement.parts[1]
    return name?.kind === 'string' ? [{ statement, pattern: textOf(name) }] : []
  })
}
