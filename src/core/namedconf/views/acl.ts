import { ok } from '../../base/index.ts'
import { findStatements } from '../read.ts'
import type { Statement } from '../tree.ts'
import { type MatchElement, readMatchList } from './match-list.ts'
import { readNamedBlock } from './named-block.ts'
import { type Reading, readEach } from './reading.ts'

/**
 * `acl <string> { <address_match_element>; … };`
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-acl
 */
export type Acl = {
  readonly statement: Statement
  readonly name: string
  readonly elements: readonly MatchElement[]
}

export function aclsOf(statements: readonly Statement[]): Reading<readonly Acl[]> {
  return readEach(findStatements(statements, 'acl'), readAcl)
}

export function readAcl(statement: Statement): Reading<Acl> {
  const read = readNamedBlock(statement)
  if (!read.ok) return read
  const { name, block } = read.value
  return ok({ statement, name, elements: readMatchList(block.statements) })
}
