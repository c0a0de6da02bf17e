import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Failure, fail, invariant, ok, type Result } from '../../../../core/base/index.ts'
import type { FileHead, HeadsRequest } from '../../host.ts'
import { HEAD_BYTES_MAX, HEADS_MAX } from '../../limits.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { READING, requireRegular } from './regular-file.ts'
import { refuseBorrowed, type SafePaths, withSafePaths } from './safe-paths.ts'
import { inSlices } from './slices.ts'
import { tooMany } from './too-many.ts'

type Heads = ReadonlyMap<string, Result<FileHead, Failure>>

/** `Host.heads` for this machine. */
export async function readHeads(server: string, request: HeadsRequest): Promise<Result<Heads, Failure>> {
  const { folder, paths, bytes } = request
  invariant(bytes <= HEAD_BYTES_MAX, 'a head is shorter than HEAD_BYTES_MAX')
  if (paths.length > HEADS_MAX) return fail(tooMany(server, `the heads of ${paths.length} files`, HEADS_MAX))
  const heads = new Map<string, Result<FileHead, Failure>>()
  await withSafePaths(async safe => {
    for await (const slice of inSlices(paths))
      for (const path of slice) {
        const head = readHead({ server, safe, bytes }, resolve(folder, path))
        if (head !== undefined) heads.set(path, head)
      }
  })
  return ok(heads)
}

type Reading = { readonly server: string; readonly safe: SafePaths; readonly bytes: number }

/** Nothing when the file is missing. Size and time are of the very file that was read, not of the name. */
function readHead({ server, safe, bytes }: Reading, path: string): Result<FileHead, Failure> | undefined {
  try {
    const located = safe.find(path)
    if (located === undefined) return undefined
    const descriptor = openSync(located.at, READING | located.flags)
    try {
      const stats = fstatSync(descriptor)
      requireRegular(stats)
      refuseBorrowed(stats, located)
      const buffer = Buffer.allocUnsafe(bytes)
      const length = readSync(descriptor, buffer, 0, bytes, 0)
      return ok({ bytes: buffer.subarray(0, length), size: stats.size, modified: stats.mtimeMs })
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (isMissing(error)) return undefined
    if (errnoOf(error) === undefined) throw error
    return fail(fileFailure({ server, verb: 'read', path }, error))
  }
}
