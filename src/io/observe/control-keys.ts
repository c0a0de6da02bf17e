import type { SharedKey } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import { decodeConf, keysOf, parse } from '../../core/namedconf/index.ts'
import type { Host } from '../hosts/index.ts'

/** A push that died is among the newest runs; their names sort by time, and those that ended keep no files. */
const RUNS_SEARCHED_MAX = 10

/**
 * Keys by which a server's control channel may still go although the fleet folder has another by that name: while a
 * key is being changed named runs with the one before. It stands in the installed `shared.conf`, and, once a push has
 * replaced that and died before its reconfig, among the files that the push kept. What cannot be read is no key.
 */
export async function formerControlKeys(
  host: Host,
  server: Server,
  key: SharedKey,
): Promise<readonly SharedKey[]> {
  const folder = `${server.paths.configuration}/baton`
  const runs = await host.list(`${folder}/runs`)
  const files = [
    `${folder}/shared.conf`,
    ...(runs.ok ? runs.value.slice(-RUNS_SEARCHED_MAX) : []).map(
      run => `${folder}/runs/${run}/files/old/baton/shared.conf`,
    ),
  ]
  const found: SharedKey[] = []
  for (const path of files) {
    const read = await host.read(path)
    if (!read.ok) continue
    const keys = keysOf(parse(decodeConf(read.value), path).statements)
    const former = keys.ok ? keys.value.find(candidate => candidate.key.name === key.name) : undefined
    if (former !== undefined) found.push(former.key)
  }
  return found.filter(former => !isEqual(former, key))
}

function isEqual(left: SharedKey, right: SharedKey): boolean {
  return left.algorithm === right.algorithm && Buffer.from(left.reveal()).equals(right.reveal())
}
