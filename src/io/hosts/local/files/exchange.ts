import { createHash, randomBytes } from 'node:crypto'
import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, link, lstat, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Failure, fail, failure, ok, type Result } from '../../../../core/base/index.ts'
import { OWN, type Ownership } from '../rights/ownership.ts'
import { attempt } from './attempt.ts'
import { errnoOf, isMissing } from './file-failure.ts'
import { makeFolders, syncFolder } from './folder-durability.ts'
import { TEMPORARY_NAME_BYTES, writeWhole } from './place.ts'
import { READING, requireRegular } from './regular-file.ts'
import { type SafePaths, withSafePaths } from './safe-paths.ts'

const PERMISSION_BITS = 0o7777n
const KEPT_DIGITS = 12
const KEPT_MODE = 0o600
const UNCHANGED = -1

/** What a file is to be. */
export type NewContent = { readonly digest: string; readonly mode: number; readonly ownership: Ownership }

export type Exchange = {
  readonly path: string
  readonly expected: readonly (string | 'nothing')[] | undefined
  readonly otherwise: 'fail' | 'keep' | undefined
  /** Where the new content lies, on the same file system; not needed where the file is as wanted. */
  readonly ready: string
  /** Nothing when the file is to go. */
  readonly content: NewContent | undefined
}

/**
 * Replaces one file by another, or takes it away, where it is as it was expected to be. The old one is kept open all the time, so that
 * the one that was compared is known to be the one that was replaced, and what somebody wrote into it at the last moment is not lost.
 */
export function exchange(server: string, order: Exchange): Promise<Result<void, Failure>> {
  const { path, content } = order
  const action = { server, verb: content === undefined ? 'remove' : 'replace', path }
  return attemptFlat(action, async () => {
    if (content !== undefined) await makeFolders(dirname(path), content.ownership)
    return withSafePaths(safe => {
      // Where something is to be put, a folder that is not there is an error: a link that leads nowhere, or a file, is in its place.
      const at = content === undefined ? locate(safe, path) : safe.place(path).at
      return exchangeAt(server, { ...order, at })
    })
  })
}

/** `at` leads to the file through a folder that is held open; nothing where the folder of what is to go is not there. */
type LocatedExchange = Exchange & { readonly at: string | undefined }

async function exchangeAt(server: string, order: LocatedExchange): Promise<Result<void, Failure>> {
  const { at, path, content, expected, ready } = order
  if (at === undefined) return ok(undefined)
  const old = await openOld(at)
  try {
    const found = old === undefined ? 'nothing' : await hashOf(old)
    const seen = await old?.stat({ bigint: true })
    if (isAsWanted(content, { found, seen })) return ok(undefined)
    if (expected !== undefined && !expected.includes(found)) {
      if (order.otherwise !== 'keep' || old === undefined) return fail(changedMeanwhile(server, path))
      await keepBeside(old, at, found)
    }
    if (!(await isStill(at, seen))) return fail(changedMeanwhile(server, path))
    if (content === undefined) await rename(at, ready)
    else await rename(ready, at)
    await syncFolder(dirname(at))
    return old === undefined || seen === undefined
      ? ok(undefined)
      : await seeUnwritten(server, { old, seen, order })
  } finally {
    await old?.close()
  }
}

function locate(safe: SafePaths, path: string): string | undefined {
  try {
    return safe.place(path).at
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether a file is as wanted already: by content, mode and owner. */
export function isThere(path: string, content: NewContent): Promise<boolean> {
  return withSafePaths(async safe => {
    const at = locate(safe, path)
    const old = at === undefined ? undefined : await openOld(at)
    if (old === undefined) return false
    try {
      return isAsWanted(content, { found: await hashOf(old), seen: await old.stat({ bigint: true }) })
    } finally {
      await old.close()
    }
  })
}

/** SHA-256 (hex) of a file, from its beginning, whatever its size. */
export async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  const pieces = handle.createReadStream({ autoClose: false, start: 0 })
  for await (const piece of pieces) hash.update(piece as Buffer)
  return hash.digest('hex')
}

type Found = { readonly found: string; readonly seen: BigIntStats | undefined }

function isAsWanted(content: NewContent | undefined, { found, seen }: Found): boolean {
  if (content === undefined || seen === undefined) return content === undefined && seen === undefined
  const { uid, gid } = content.ownership
  const isOwned =
    (uid === UNCHANGED || BigInt(uid) === seen.uid) && (gid === UNCHANGED || BigInt(gid) === seen.gid)
  return found === content.digest && (seen.mode & PERMISSION_BITS) === BigInt(content.mode) && isOwned
}

/** Nothing where nothing is. A link, and whatever has no end, is refused. */
async function openOld(path: string): Promise<FileHandle | undefined> {
  try {
    const handle = await open(path, READING | constants.O_NOFOLLOW)
    const stats = await handle.stat()
    if (stats.isFile()) return handle
    await handle.close()
    requireRegular(stats)
    throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Whether the file under that name is the one that was opened, unwritten since. */
async function isStill(path: string, seen: BigIntStats | undefined): Promise<boolean> {
  try {
    const now = await lstat(path, { bigint: true })
    return seen !== undefined && now.ino === seen.ino && now.dev === seen.dev && isUnwritten(seen, now)
  } catch (error) {
    if (isMissing(error)) return seen === undefined
    throw error
  }
}

function isUnwritten(before: BigIntStats, now: BigIntStats): boolean {
  return before.size === now.size && before.mtimeNs === now.mtimeNs
}

type Replaced = { readonly old: FileHandle; readonly seen: BigIntStats; readonly order: LocatedExchange }

/**
 * For whoever changed it: whole and flushed, or not at all. The same content kept once is kept; where something else has that name, such as
 * a part that an older Baton left, the name has all digits. Gives what was added to the path.
 */
async function keepBeside(old: FileHandle, path: string, digest: string): Promise<string> {
  const temporary = join(dirname(path), `.baton-${randomBytes(TEMPORARY_NAME_BYTES).toString('hex')}.tmp`)
  const fill = (handle: FileHandle) => writeFile(handle, old.createReadStream({ autoClose: false, start: 0 }))
  try {
    await writeWhole(temporary, { mode: KEPT_MODE, ownership: OWN, fill })
    const short = `.kept-${digest.slice(0, KEPT_DIGITS)}`
    const name = (await nameIt(temporary, { path: path + short, digest })) ? short : `.kept-${digest}`
    if (name !== short && !(await nameIt(temporary, { path: path + name, digest })))
      throw Object.assign(new Error(`${path}${name} is something else`), { code: 'EEXIST' })
    await syncFolder(dirname(path))
    return name
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Whether the content is under that name now. */
async function nameIt(
  temporary: string,
  { path, digest }: { readonly path: string; readonly digest: string },
): Promise<boolean> {
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
  const there = await openOld(path)
  try {
    return there !== undefined && (await hashOf(there)) === digest
  } finally {
    await there?.close()
  }
}

/** What was written into the old file between the last look and the rename is put beside it, and told. */
async function seeUnwritten(server: string, { old, seen, order }: Replaced): Promise<Result<void, Failure>> {
  if (isUnwritten(seen, await old.stat({ bigint: true }))) return ok(undefined)
  const digest = await hashOf(old)
  const kept = order.path + (await keepBeside(old, order.at ?? order.path, digest))
  return fail(
    failure({
      code: 'hosts.changed-meanwhile',
      subject: `${server}:${order.path}`,
      because: `somebody wrote into ${order.path} on ${server} while Baton replaced it; what they wrote is in ${kept}`,
      remedy: 'See what was changed there and by whom, then order the operation again.',
    }),
  )
}

function changedMeanwhile(server: string, path: string): Failure {
  return failure({
    code: 'hosts.changed-meanwhile',
    subject: `${server}:${path}`,
    because: `${path} on ${server} is not as Baton saw it before: somebody else has changed it`,
    remedy: 'See what was changed there and by whom, then order the operation again.',
  })
}

async function attemptFlat(
  action: Parameters<typeof attempt>[0],
  work: () => Promise<Result<void, Failure>>,
): Promise<Result<void, Failure>> {
  const done = await attempt(action, work)
  return done.ok ? done.value : done
}
