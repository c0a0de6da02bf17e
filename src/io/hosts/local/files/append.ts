import { constants } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Failure, Result } from '../../../../core/base/index.ts'
import type { FileContent } from '../../host.ts'
import { applyOwnership, type Ownership, ownershipFor } from '../rights/ownership.ts'
import { attempt } from './attempt.ts'
import { errnoOf } from './file-failure.ts'
import { makeFolders, syncFolder } from './folder-durability.ts'
import { requireRegular } from './regular-file.ts'
import { type Located, refuseBorrowed, withSafePaths } from './safe-paths.ts'

const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK
const CREATE = APPEND | constants.O_CREAT | constants.O_EXCL
const CREATE_MODE = 0o600

/** `Host.append` for this machine. */
export async function appendFile(server: string, file: FileContent): Promise<Result<void, Failure>> {
  const ownership = await ownershipFor(server, file)
  if (!ownership.ok) return ownership
  return attempt({ server, verb: 'append to', path: file.path }, async () => {
    const extended = await extendExisting(file)
    if (!extended) await begin(file, ownership.value)
  })
}

/** Whether there was a file to be extended. */
function extendExisting(file: FileContent): Promise<boolean> {
  return withSafePaths(async safe => {
    try {
      const located = safe.place(file.path)
      await extend(await open(located.at, APPEND), located, file)
      return true
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false
      throw error
    }
  })
}

/** A part of a line would be worse than none: what a full disk cut off is taken back. */
async function extend(handle: FileHandle, located: Located, file: FileContent): Promise<void> {
  try {
    const stats = await handle.stat()
    requireRegular(stats)
    refuseBorrowed(stats, located)
    const { size } = stats
    try {
      await handle.appendFile(file.content)
      await handle.sync()
    } catch (error) {
      await handle.truncate(size)
      throw error
    }
  } finally {
    await handle.close()
  }
}

async function begin(file: FileContent, ownership: Ownership): Promise<void> {
  await makeFolders(dirname(file.path), ownership)
  await withSafePaths(async safe => {
    const { at } = safe.place(file.path)
    const handle = await open(at, CREATE, CREATE_MODE)
    try {
      await applyOwnership(handle, ownership, file.mode)
      await handle.appendFile(file.content)
      await handle.sync()
    } catch (error) {
      await rm(at, { force: true })
      throw error
    } finally {
      await handle.close()
    }
    await syncFolder(dirname(at))
  })
}
