import { dirname, resolve } from 'node:path'
import { compareSerials, type Failure, ok, type Result } from '../../core/base/index.ts'
import { readFileSerial } from '../../core/zonefile/index.ts'
import type { FileHead } from '../hosts/index.ts'
import type { ServerLink } from './link.ts'
import type { FrozenFile } from './see-frozen.ts'

/**
 * The SOA comes first in what named writes; in a raw file of a signed zone, after the keys and signatures of the apex. With each
 * length goes how many files are read at once, so that the heads of 20,000 zones are never all in memory.
 */
const READS = [
  { bytes: 512, files: 4096 },
  { bytes: 64 * 1024, files: 256 },
] as const
/** What named writes a zone into before it takes the place of the zone's file (`isc_file_mktemplate`). */
const DUMP = /^tmp-/

/**
 * Those of the files that a thaw would read, and that hold less than their zone: named reads a file that is younger than the
 * zone in memory, without its journal.
 */
export async function seeUnwritten(
  link: ServerLink,
  files: readonly FrozenFile[],
): Promise<Result<readonly FrozenFile[], Failure>> {
  const folder = link.server.paths.directory
  let open = files
  for (const { bytes, files: count } of READS) {
    const unwritten: FrozenFile[] = []
    for (let from = 0; from < open.length; from += count) {
      const portion = open.slice(from, from + count)
      const heads = await link.host.heads({ folder, paths: portion.map(({ file }) => file), bytes })
      if (!heads.ok) return heads
      unwritten.push(...portion.filter(frozen => isUnwritten(frozen, heads.value.get(frozen.file))))
    }
    open = unwritten
  }
  return ok(open)
}

function isUnwritten(
  { serial, lastLoaded }: FrozenFile,
  head: Result<FileHead, Failure> | undefined,
): boolean {
  // One that is not there cannot be read, and then the zone stays as it is.
  if (head === undefined) return false
  if (!head.ok) return true
  // named tells the second, cut off, so a file of that second may be younger.
  if (lastLoaded !== undefined && head.value.modified <= lastLoaded) return false
  const found = readFileSerial(head.value)
  if (found.kind !== 'serial') return true
  const order = compareSerials(found.serial, serial)
  return order !== 'same' && order !== 'after'
}

/** What named is writing beside these files: names and sizes, which change as long as it is at it. */
export async function seeDumps(
  link: ServerLink,
  files: readonly FrozenFile[],
): Promise<Result<readonly string[], Failure>> {
  const { directory } = link.server.paths
  const dumps: string[] = []
  for (const folder of new Set(files.map(({ file }) => dirname(resolve(directory, file))))) {
    const names = await link.host.list(folder)
    if (!names.ok) return names
    const paths = names.value.filter(name => DUMP.test(name))
    const heads = await link.host.heads({ folder, paths, bytes: 1 })
    if (!heads.ok) return heads
    for (const [path, head] of heads.value) if (head.ok) dumps.push(`${path} ${head.value.size}`)
  }
  return ok(dumps)
}
