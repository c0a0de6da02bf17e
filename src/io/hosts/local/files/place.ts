import { randomBytes } from 'node:crypto'
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { applyOwnership, type Ownership } from '../rights/ownership.ts'
import { isMissing } from './file-failure.ts'
import { makeFolders, syncFolder } from './folder-durability.ts'
import { withSafePaths } from './safe-paths.ts'

const TEMPORARY_MODE = 0o600
/** Of the random part in the name of a file that is not finished. */
export const TEMPORARY_NAME_BYTES = 12

/** A file to be put in place, whole and durable. */
export type Placing = {
  readonly path: string
  readonly mode: number
  readonly ownership: Ownership
  /** `over` what is there, or `new`: only where nothing is, with EEXIST otherwise. */
  readonly where: 'over' | 'new'
  /** Writes the content into the new file. */
  readonly fill: (handle: FileHandle) => Promise<void>
}

/**
 * Writes a file beside its place, flushes it, gives it its name, and flushes the folder. At no moment is a part of the
 * content under that name, or the content readable to more than its mode says. A killed Baton may leave
 * `.baton-….tmp` beside it, which nothing reads. Throws system errors.
 */
export async function place(placing: Placing): Promise<void> {
  await makeFolders(dirname(placing.path), placing.ownership)
  await withSafePaths(async safe => {
    const { at } = safe.place(placing.path)
    if (placing.where === 'over') await refuseLink(at)
    const folder = dirname(at)
    const temporary = join(folder, `.baton-${randomBytes(TEMPORARY_NAME_BYTES).toString('hex')}.tmp`)
    try {
      await writeWhole(temporary, placing)
      if (placing.where === 'over') await rename(temporary, at)
      else await link(temporary, at)
    } finally {
      await rm(temporary, { force: true })
    }
    await syncFolder(folder)
  })
}

/** Writes a whole new file, flushed, under a name that nothing has yet. Throws system errors. */
export async function writeWhole(
  path: string,
  placing: Pick<Placing, 'fill' | 'mode' | 'ownership'>,
): Promise<void> {
  const handle = await open(path, 'wx', TEMPORARY_MODE)
  try {
    await placing.fill(handle)
    await applyOwnership(handle, placing.ownership, placing.mode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** See `hosts.symbolic-link` for why neither following nor replacing it would be right. */
export async function refuseLink(path: string): Promise<void> {
  try {
    const state = await lstat(path)
    if (!state.isSymbolicLink()) return
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  throw Object.assign(new Error(`${path} is a symbolic link`), { code: 'ELOOP' })
}
