import type { SharedKey } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import { decodeConf, keysOf, parse } from '../../core/namedconf/index.ts'
import type { Host } from '../hosts/index.ts'
import { parseLock } from '../journal/index.ts'

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
  const lock = await host.read(`${folder}/lock`)
  const run = lock.ok ? parseLock(new TextDecoder().decode(lock.value))?.run : undefined
  const files = [
    `${folder}/shared.conf`,
    ...(run === undefined ? [] : [`${folder}/runs/${run}/files/old/baton/shared.conf`]),
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
