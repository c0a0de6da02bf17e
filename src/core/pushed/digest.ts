import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import type { SharedKey } from '../base/index.ts'
import { encodeConf } from '../namedconf/index.ts'
import type { RenderedServer } from '../render/index.ts'

/** SHA-256 (hex) of the bytes that a text stands for; they are only made where the hash would not make the same. */
export function digestOf(content: string): string {
  return createHash('sha256')
    .update(content.isWellFormed() ? content : encodeConf(content))
    .digest('hex')
}

/** Server → path → SHA-256 (hex). */
export type FileDigests = ReadonlyMap<string, ReadonlyMap<string, string>>

export function digestsOf(servers: Iterable<RenderedServer>): FileDigests {
  return new Map(
    [...servers].map(({ server, files }) => [
      server,
      new Map(files.map(({ path, content }) => [path, digestOf(content)])),
    ]),
  )
}

/** All that an operator keeps in a fleet folder and Baton reads. */
export type FolderTexts = {
  /** The folder itself, absolute: where it lies makes no difference. */
  readonly folder: string
  /** The text of `baton.yaml`. */
  readonly fleetFile: string
  /** Absolute path → text of every other file. */
  readonly texts: ReadonlyMap<string, string>
  readonly keys: ReadonlyMap<string, SharedKey>
}

/** A digest over a fleet folder, the same in every checkout of the same state. Of a key nothing can be learnt from it. */
export function folderDigest({ folder, fleetFile, texts, keys }: FolderTexts): string {
  const hash = createHash('sha256')
  const add = (name: string, digest: string) => hash.update(`${JSON.stringify(name)} ${digest}\n`)
  add('baton.yaml', digestOf(fleetFile))
  const files = [...texts].map(([path, text]) => [relative(folder, path), text] as const)
  for (const [path, text] of files.toSorted(byName)) add(path, digestOf(text))
  for (const [name, key] of [...keys].toSorted(byName))
    add(`key ${name} ${key.algorithm}`, createHash('sha256').update(key.reveal()).digest('hex'))
  return hash.digest('hex')
}

function byName(left: readonly [string, unknown], right: readonly [string, unknown]): number {
  return left[0] < right[0] ? -1 : 1
}
