import { type DomainName, fail, ok, parseDomainName } from '../../base/index.ts'
import { diagnose } from '../diagnose.ts'
import { findStatement, findStatements, lowerCase, textOf, valueIn } from '../read.ts'
import type { Block, Statement } from '../tree.ts'
import { classOf, type NamedBlock, readNamedBlock } from './named-block.ts'
import { type Reading, readEach } from './reading.ts'

/** Zone types by the newer words; named takes `master` and `slave` for the first two. */
export type ZoneType =
  | 'primary'
  | 'secondary'
  | 'mirror'
  | 'hint'
  | 'stub'
  | 'static-stub'
  | 'forward'
  | 'redirect'
  | 'delegation-only'

/** Table: what can stand after `type`. */
const ZONE_TYPES: ReadonlyMap<string, ZoneType> = new Map([
  ['primary', 'primary'],
  ['master', 'primary'],
  ['secondary', 'secondary'],
  ['slave', 'secondary'],
  ['mirror', 'mirror'],
  ['hint', 'hint'],
  ['stub', 'stub'],
  ['static-stub', 'static-stub'],
  ['forward', 'forward'],
  ['redirect', 'redirect'],
  ['delegation-only', 'delegation-only'],
])

/**
 * `zone <string> [ <class> ] { type …; … };`
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-zone
 */
export type Zone = {
  readonly statement: Statement
  readonly name: DomainName
  /** In upper case; nothing when it is left out, and the view's class holds (IN outside views). */
  readonly class: string | undefined
  /** Nothing for a zone that has none: an `in-view` reference, or a zone made from a template. */
  readonly type: ZoneType | undefined
  /** Relative to the `directory` option. */
  readonly file: string | undefined
  /** Nothing means that named takes `file` with `.jnl` behind it. */
  readonly journal: string | undefined
  readonly block: Block
  /** Every option, for `findStatement` and `valueIn`. */
  readonly body: readonly Statement[]
}

/** The zones among these statements: those of a file, or with `view.body` those of a view. */
export function zonesOf(statements: readonly Statement[]): Reading<readonly Zone[]> {
  return readEach(findStatements(statements, 'zone'), readZone)
}

export function readZone(statement: Statement): Reading<Zone> {
  const read = readNamedBlock(statement)
  if (!read.ok) return read
  const { name: text, nameToken, block } = read.value
  const name = parseDomainName(text)
  if (!name.ok) {
    const message = `"${text}" is no domain name: ${name.error}.`
    return fail([diagnose(nameToken, { code: 'namedconf.zone-name', message })])
  }
  const type = readType(read.value)
  if (!type.ok) return type
  const body = block.statements
  return ok({
    statement,
    name: name.value,
    class: classOf(statement),
    type: type.value,
    file: valueIn(body, 'file'),
    journal: valueIn(body, 'journal'),
    block,
    body,
  })
}

function readType(zone: NamedBlock): Reading<ZoneType | undefined> {
  const value = findStatement(zone.block.statements, 'type')?.parts[1]
  if (value === undefined) return ok(undefined)
  const type = ZONE_TYPES.get(lowerCase(textOf(value)))
  if (type !== undefined) return ok(type)
  const message = `"${textOf(value)}" is no type of zone.`
  return fail([diagnose(value, { code: 'namedconf.zone-type', message })])
}
