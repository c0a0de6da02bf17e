import { ok } from '../../base/index.ts'
import { bodyOf, findStatement, findStatements, lowerCase, textOf } from '../read.ts'
import type { Block, Statement } from '../tree.ts'
import { readNamedBlock } from './named-block.ts'
import { type Reading, readEach } from './reading.ts'
import { readPairs } from './settings.ts'

const KEY_SETTINGS: ReadonlySet<string> = new Set(['lifetime', 'algorithm', 'key-store', 'tag-range'])

/**
 * `dnssec-policy <string> { keys { … }; … };`. The names `default`, `insecure` and `none` are named's own.
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-dnssec-policy
 */
export type DnssecPolicy = {
  readonly statement: Statement
  readonly name: string
  /** Empty when it names none, and the default (one csk, ECDSA P-256, unlimited) holds. */
  readonly keys: readonly PolicyKey[]
  readonly block: Block
  /** Every option, for `findStatement` and `valueIn`. */
  readonly body: readonly Statement[]
}

/**
 * `( csk | ksk | zsk ) [ key-directory ] lifetime <duration_or_unlimited> algorithm <string> [ <integer> ]`
 */
export type PolicyKey = {
  readonly statement: Statement
  /** `csk`, `ksk` or `zsk`. */
  readonly role: string
  /** As written: `unlimited`, or what `readDuration` takes. */
  readonly lifetime: string | undefined
  readonly algorithm: string | undefined
}

export function dnssecPoliciesOf(statements: readonly Statement[]): Reading<readonly DnssecPolicy[]> {
  return readEach(
    findStatements(statements, 'dnssec-policy').filter(statement => statement.parts.at(-1)?.kind === 'block'),
    readDnssecPolicy,
  )
}

export function readDnssecPolicy(statement: Statement): Reading<DnssecPolicy> {
  const read = readNamedBlock(statement)
  if (!read.ok) return read
  const { name, block } = read.value
  const keys = findStatement(block.statements, 'keys')
  const body = block.statements
  return ok({ statement, name, keys: keys === undefined ? [] : bodyOf(keys).map(readPolicyKey), block, body })
}

function readPolicyKey(statement: Statement): PolicyKey {
  const [role = '', ...values] = statement.parts.map(textOf)
  const { pairs } = readPairs(values, KEY_SETTINGS)
  return {
    statement,
    role: lowerCase(role),
    lifetime: pairs.get('lifetime'),
    algorithm: pairs.get('algorithm'),
  }
}
