import { blockOf, findStatement, valueIn } from '../read.ts'
import type { Block, Statement } from '../tree.ts'

/**
 * `options { … };`, of which there is at most one.
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-options
 */
export type Options = {
  readonly statement: Statement
  /** named's working directory, where relative names start; nothing means the folder it was started in. */
  readonly directory: string | undefined
  readonly block: Block
  /** Every option, for `findStatement` and `valueIn`. */
  readonly body: readonly Statement[]
}

export function optionsOf(statements: readonly Statement[]): Options | undefined {
  const statement = findStatement(statements, 'options')
  const block = statement === undefined ? undefined : blockOf(statement)
  if (statement === undefined || block === undefined) return undefined
  return { statement, directory: valueIn(block.statements, 'directory'), block, body: block.statements }
}
