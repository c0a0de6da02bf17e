import { dirname, resolve } from 'node:path'
import { compareSerials, type Failure, ok, type Result } from '../../core/base/index.ts'
import { readFileSerial } from '../../core/zonefile/index.ts'
import type { FileHead } from '../hosts/index.ts'
import type { ServerLink } from './link.ts'
import type { FrozenFile } from './see-frozen.ts'

/** The SOA comes first in what named writes; in a raw file of a signed zone, after the keys and signatures of the apex. */
const HEAD_BYTES = [512, 64 * 1024] as const
/** Files read at once, so that the heads of 20,000 zones are never all in memory. */
const FILES_PER_READ = [4096, 256] as const
/** What named writes a zone into before it takes the place of the zone's file (`isc_file_mktemplate`). */
const DUMP = /^tmp-/

/** Those of the files that named has not yet written: older than the zone, or without a serial to be found. One that is not there is none. */
export async function seeUnwritten(
  link: ServerLink,
  files: readonly FrozenFile[],
): Promise<Result<readonly FrozenFile[], Failure>> {
  let open = files
  for (const [index, bytes] of HEAD_BYTES.entries()) {
    const unwritten: FrozenFile[] = []
    const size = FILES_PER_READ[index] ?? 1
    for (let from = 0; from < open.length; from += size) {
      const portion = open.slice(from, from + size)
      const heads = await link.host.heads({
        folder: link.server.paths.directory,
        paths: portion.map(({ file }) => file),
        bytes,
      })
      if (!heads.ok) return heads
      unwritten.push(...portion.filter(frozen => isUnwritten(frozen, heads.value.get(frozen.file))))
    }
    open = unwritten
  }
  return ok(open)
}

function isUnwritten({ serial }: FrozenFile, head: Result<FileHead, Failure> | undefined): boolean {
  if (head === undefined) return false
  const found = head.ok ? readFileSerial(head.value) : undefined
  if (found?.kind !== 'serial') return true
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
