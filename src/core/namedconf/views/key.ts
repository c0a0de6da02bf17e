import { fail, KEY_ALGORITHMS, type KeyAlgorithm, ok, parseDomainName, SharedKey } from '../../base/index.ts'
import { diagnose } from '../diagnose.ts'
import { findStatement, findStatements, lowerCase, textOf } from '../read.ts'
import type { Statement } from '../tree.ts'
import { type NamedBlock, readNamedBlock } from './named-block.ts'
import { type Reading, readEach } from './reading.ts'

/** The long name of HMAC-MD5 (RFC 8945 section 6), which named takes too. */
const MD5_ALIASES: ReadonlySet<string> = new Set(['hmac-md5.sig-alg.reg.int', 'hmac-md5.sig-alg.reg.int.'])
const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/

/**
 * `key <string> { algorithm <string>; secret <string>; };`
 *
 * The secret is in `key` alone, which prints and serialises without it; diagnostics never quote it.
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-key
 */
export type Key = {
  readonly statement: Statement
  /** Under its canonical name, as TSIG sends it. */
  readonly key: SharedKey
}

export function keysOf(statements: readonly Statement[]): Reading<readonly Key[]> {
  return readEach(findStatements(statements, 'key'), readKey)
}

export function readKey(statement: Statement): Reading<Key> {
  const read = readNamedBlock(statement)
  if (!read.ok) return read
  const name = parseDomainName(read.value.name)
  if (!name.ok) {
    const message = `"${read.value.name}" is no domain name: ${name.error}.`
    return fail([diagnose(read.value.nameToken, { code: 'namedconf.key-name', message })])
  }
  const algorithm = readAlgorithm(read.value)
  const secret = readSecret(read.value)
  if (algorithm.ok && secret.ok) {
    return ok({ statement, key: new SharedKey(name.value, algorithm.value, secret.value) })
  }
  return fail([...(algorithm.ok ? [] : algorithm.error), ...(secret.ok ? [] : secret.error)])
}

function readAlgorithm(key: NamedBlock): Reading<KeyAlgorithm> {
  const part = findStatement(key.block.statements, 'algorithm')?.parts[1]
  if (part === undefined) {
    const message = `The key "${key.name}" has no algorithm.`
    return fail([diagnose(key.statement, { code: 'namedconf.key-algorithm', message })])
  }
  const text = lowerCase(textOf(part))
  const algorithm = MD5_ALIASES.has(text) ? 'hmac-md5' : KEY_ALGORITHMS.find(known => known === text)
  if (algorithm !== undefined) return ok(algorithm)
  const message = `The algorithm of the key "${key.name}" is not one of ${KEY_ALGORITHMS.join(', ')}.`
  return fail([diagnose(part, { code: 'namedconf.key-algorithm', message })])
}

function readSecret(key: NamedBlock): Reading<Uint8Array> {
  const part = findStatement(key.block.statements, 'secret')?.parts[1]
  const text = part === undefined ? '' : textOf(part).replace(/\s+/g, '')
  if (text !== '' && BASE64.test(text)) return ok(Uint8Array.from(Buffer.from(text, 'base64')))
  const message = `The secret of the key "${key.name}" is ${part === undefined ? 'missing' : 'not base64'}.`
  return fail([diagnose(part ?? key.statement, { code: 'namedconf.key-secret', message })])
}
