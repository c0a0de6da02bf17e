import { fail, ok } from '../../base/index.ts'
import { diagnose } from '../diagnose.ts'
import { bodyOf, keywordOf, textOf, valuesOf } from '../read.ts'
import type { Statement } from '../tree.ts'
import { type Reading, readEach } from './reading.ts'
import { readPairs, readPort } from './settings.ts'

/**
 * Table: statements that give a list of servers a name; `masters` is the older word, `remote-servers` that of
 * 9.20.
 */
const NAMED_LISTS: ReadonlySet<string> = new Set([
  'primaries',
  'masters',
  'parental-agents',
  'remote-servers',
])
const LIST_SETTINGS: ReadonlySet<string> = new Set(['port', 'dscp', 'source', 'source-v6'])
const SERVER_SETTINGS: ReadonlySet<string> = new Set(['port', 'dscp', 'key', 'tls', 'source', 'source-v6'])

/**
 * `primaries <string> [ port <integer> ] { <server>; … };`, and without the name inside a zone, as are
 * `also-notify` and `parental-agents`.
 *
 * https://bind9.readthedocs.io/en/stable/reference.html#namedconf-statement-primaries
 */
export type RemoteServers = {
  readonly statement: Statement
  /** Nothing for a list inside a zone. */
  readonly name: string | undefined
  /** For the servers that name no port of their own; nothing means 53, or 853 with TLS. */
  readonly port: number | undefined
  readonly servers: readonly RemoteServer[]
}

/** `( <list name> | <address> [ port <integer> ] ) [ key <string> ] [ tls <string> ]` */
export type RemoteServer = {
  readonly statement: Statement
  /** An address, or the name of another list. */
  readonly target: { readonly kind: 'address' | 'list'; readonly text: string }
  readonly port: number | undefined
  /** The name of the key that signs what is sent to it. */
  readonly key: string | undefined
  readonly tls: string | undefined
}

/** The lists that have a name, among the statements outside zones. */
export function remoteServersOf(statements: readonly Statement[]): Reading<readonly RemoteServers[]> {
  return readEach(
    statements.filter(statement => NAMED_LISTS.has(keywordOf(statement) ?? '')),
    readRemoteServers,
  )
}

export function readRemoteServers(statement: Statement): Reading<RemoteServers> {
  const { pairs, rest } = readPairs(valuesOf(statement), LIST_SETTINGS)
  const port = readPort(pairs.get('port'))
  if (rest.length > 1 || (pairs.has('port') && port === undefined)) return refuseList(statement)
  const servers = readEach(bodyOf(statement), readRemoteServer)
  return servers.ok ? ok({ statement, name: rest[0], port, servers: servers.value }) : servers
}

function readRemoteServer(statement: Statement): Reading<RemoteServer> {
  const [first, ...others] = statement.parts.map(textOf)
  const { pairs, rest } = readPairs(others, SERVER_SETTINGS)
  const port = readPort(pairs.get('port'))
  if (first === undefined || rest.length > 0 || (pairs.has('port') && port === undefined)) {
    return refuseList(statement)
  }
  const kind = /^\d+(?:\.\d+){3}$|:/.test(first) ? 'address' : 'list'
  return ok({ statement, target: { kind, text: first }, port, key: pairs.get('key'), tls: pairs.get('tls') })
}

function refuseList(statement: Statement): Reading<never> {
  const message =
    'This is no server of a list: an address or a name, then "port", "key" or "tls" with their values.'
  return fail([diagnose(statement, { code: 'namedconf.address', message })])
}
