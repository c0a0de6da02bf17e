import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import { DIGESTS_MAX } from '../limits.ts'
import type { DigestMemory } from './digest-memory.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { READING, requireRegular } from './regular-file.ts'
import { inSlices } from './slices.ts'
import { tooMany } from './too-many.ts'

/** Files up to this size are hashed at one go, larger ones piece by piece. */
const SMALL_BYTES_MAX = 64 * 1024
const PIECE_BYTES = 512 * 1024

export type DigestsRequest = {
  readonly server: string
  readonly paths: readonly string[]
  readonly memory: DigestMemory
}

/** `Host.digests` for this machine. */
export async function digestFiles({
  server,
  paths,
  memory,
}: DigestsRequest): Promise<Result<ReadonlyMap<string, string>, Failure>> {
  if (paths.length > DIGESTS_MAX)
    return fail(tooMany(server, `digests of ${paths.length} files`, DIGESTS_MAX))
  const digests = new Map<string, string>()
  for await (const slice of inSlices(paths))
    for (const path of slice) {
      try {
        digests.set(path, digestSmall(path) ?? (await digestLarge(path, memory)))
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
  const descriptor = openSync(path, READING)
  try {
    const stats = fstatSync(descriptor)
    requireRegular(stats)
    if (stats.size > SMALL_BYTES_MAX) return undefined
    return createHash('sha256').update(readFileSync(descriptor)).digest('hex')
  } finally {
    closeSync(descriptor)
  }
}

async function digestLarge(path: string, memory: DigestMemory): Promise<string> {
  const began = Date.now()
  const file = await open(path, 'r')
  try {
    const before = await file.stat({ bigint: true })
    const known = memory.recall(path, before)
    if (known !== undefined) return known
    const digest = await hashWhole(file)
    memory.remember(path, digest, { before, after: await file.stat({ bigint: true }), began })
    return digest
  } finally {
    await file.close()
  }
}

/** All pieces go through one buffer: a new one for each costs more than reading it. */
async function hashWhole(file: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, PIECE_BYTES)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, bytesRead))
  }
}
