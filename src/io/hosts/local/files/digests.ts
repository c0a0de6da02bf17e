import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, read as readInto } from 'node:fs'
import { promisify } from 'node:util'
import { type Failure, fail, ok, type Result } from '../../../../core/base/index.ts'
import { DIGESTS_MAX } from '../../limits.ts'
import type { DigestMemory } from './digest-memory.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { READING, requireRegular } from './regular-file.ts'
import { refuseBorrowed, type SafePaths, withSafePaths } from './safe-paths.ts'
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
  return withSafePaths(async safe => {
    for await (const slice of inSlices(paths))
      for (const path of slice) {
        try {
          const digest = await digestFile(path, safe, memory)
          if (digest !== undefined) digests.set(path, digest)
        } catch (error) {
          if (isMissing(error)) continue
          if (errnoOf(error) === undefined) throw error
          return fail(fileFailure({ server, verb: 'read', path }, error))
        }
      }
    return ok(digests)
  })
}

/** Nothing when the file is missing. */
async function digestFile(path: string, safe: SafePaths, memory: DigestMemory): Promise<string | undefined> {
  const began = Date.now()
  const located = safe.find(path)
  if (located === undefined) return undefined
  const descriptor = openSync(located.at, READING | located.flags)
  try {
    const stats = fstatSync(descriptor)
    requireRegular(stats)
    refuseBorrowed(stats, located)
    if (stats.size <= SMALL_BYTES_MAX)
      return createHash('sha256').update(readFileSync(descriptor)).digest('hex')
    return await digestLarge({ path, descriptor, began }, memory)
  } finally {
    closeSync(descriptor)
  }
}

type LargeFile = { readonly path: string; readonly descriptor: number; readonly began: number }

async function digestLarge({ path, descriptor, began }: LargeFile, memory: DigestMemory): Promise<string> {
  const before = fstatSync(descriptor, { bigint: true })
  const known = memory.recall(path, before)
  if (known !== undefined) return known
  const digest = await hashWhole(descriptor)
  memory.remember(path, digest, { before, after: fstatSync(descriptor, { bigint: true }), began })
  return digest
}

const readPiece = promisify(readInto)

/** All pieces go through one buffer: a new one for each costs more than reading it. */
async function hashWhole(descriptor: number): Promise<string> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(PIECE_BYTES)
  for (;;) {
    const { bytesRead } = await readPiece(descriptor, piece, 0, PIECE_BYTES, null)
    if (bytesRead === 0) return hash.digest('hex')
    hash.update(piece.subarray(0, bytesRead))
  }
}
