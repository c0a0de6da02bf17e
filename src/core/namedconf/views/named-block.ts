import { fail, ok } from '../../base/index.ts'
import { diagnose } from '../diagnose.ts'
import { blockOf, keywordOf, textOf } from '../read.ts'
import type { Block, Statement, Token } from '../tree.ts'
import type { Reading } from './reading.ts'

/** The shape most statements share: `KEYWORD NAME … { … };`. */
export type NamedBlock = {
  readonly statement: Statement
  /** As it is written, without quotes. */
  readonly name: string
  /** Where the name stands. */
  readonly nameToken: Token
  readonly block: Block
}

export function readNamedBlock(statement: Statement): Reading<NamedBlock> {
  const nameToken = statement.parts[1]
  const block = blockOf(statement)
  if (nameToken?.kind !== 'word' && nameToken?.kind !== 'string') {
    const message = `This "${keywordOf(statement)}" has no name.`
    return fail([diagnose(statement, { code: 'namedconf.name-missing', message })])
  }
  if (block === undefined) {
    const message = `This "${keywordOf(statement)}" has no "{".`
    return fail([diagnose(statement, { code: 'namedconf.body-missing', message })])
  }
  return ok({ statement, name: textOf(nameToken), nameToken, block })
}

/** The class after the name, in upper case: `zone "example.com" in { … };`. */
export function classOf(statement: Statement): string | undefined {
  const token = statement.parts[2]
  return token?.kind === 'word' || token?.kind === 'string' ? textOf(token).toUpperCase() : undefined
}
