import { createHash } from 'node:crypto'
import { closeSync, createReadStream, fstatSync, openSync, readFileSync } from 'node:fs'
import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import { DIGESTS_MAX } from '../limits.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { inSlices } from './slices.ts'
import { tooMany } from './too-many.ts'

/** Files up to this size are hashed at one go, larger ones as a stream. */
const SMALL_BYTES_MAX = 64 * 1024

/** `Host.digests` for this machine. */
export async function digestFiles(
  server: string,
  paths: readonly string[],
): Promise<Result<ReadonlyMap<string, string>, Failure>> {
  if (paths.length > DIGESTS_MAX)
    return fail(tooMany(server, `digests of ${paths.length} files`, DIGESTS_MAX))
  const digests = new Map<string, string>()
  for await (const slice of inSlices(paths))
    for (const path of slice) {
      try {
        digests.set(path, digestSmall(path) ?? (await digestLarge(path)))
      } catch (error) {
        if (isMissing(error)) continue
        if (errnoOf(error) === undefined) throw error
        return fail(fileFailure({ server, verb: 'read', path }, error))
      }
    }
  return ok(digests)
}

/** Nothing when the file is too large to be read in one go. */
function digestSmall(path: string): string | undefined {
  const descriptor = openSync(path, 'r')
  try {
    if (fstatSync(descriptor).size > SMALL_BYTES_MAX) return undefined
    return createHash('sha256').update(readFileSync(descriptor)).digest('hex')
  } finally {
    closeSync(descriptor)
  }
}

async function digestLarge(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
