import { ok } from '../../base/index.ts'
import { bodyOf, findStatement, findStatements } from '../read.ts'
import type { Block, Statement } from '../tree.ts'
import { type MatchElement, readMatchList } from './match-list.ts'
import { classOf, readNamedBlock } from './named-block.ts'
import { type Reading, readEach } from './reading.ts'

/**
 * `view <string> [ <class> ] { match-clients { … }; … zone …; … };`
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-view
 */
export type View = {
  readonly statement: Statement
  /** As it is written: the names of views are told apart by case. */
  readonly name: string
  /** In upper case; nothing when it is left out, which means IN. */
  readonly class: string | undefined
  /** Nothing when it is left out, which means any client. */
  readonly matchClients: readonly MatchElement[] | undefined
  readonly block: Block
  /** Its options, and its zones: `zonesOf(view.body)`. */
  readonly body: readonly Statement[]
}

/** The views among these statements, in the order in which named tries them. */
export function viewsOf(statements: readonly Statement[]): Reading<readonly View[]> {
  return readEach(findStatements(statements, 'view'), readView)
}

export function readView(statement: Statement): Reading<View> {
  const read = readNamedBlock(statement)
  if (!read.ok) return read
  const { name, block } = read.value
  const body = block.statements
  const matchClients = findStatement(body, 'match-clients')
  return ok({
    statement,
    name,
    class: classOf(statement),
    matchClients: matchClients === undefined ? undefined : readMatchList(bodyOf(matchClients)),
    block,
    body,
  })
}
