import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { applyOwnership, type Ownership } from '../rights/ownership.ts'
import { errnoOf, isMissing } from './file-failure.ts'
import { withSafePaths } from './safe-paths.ts'

const FOLDER_MODE = 0o750
const NEW_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

/** Makes a folder and those above it as needed, each flushed into its parent, owned as `ownership` says. */
export async function makeFolders(folder: string, ownership: Ownership): Promise<void> {
  const outcome = await makeFolder(folder, async () => {
    await makeFolders(dirname(folder), ownership)
    return makeFolder(folder)
  })
  if (outcome === 'there') return
  await withSafePaths(async safe => {
    const { at } = safe.place(folder)
    const handle = await open(at, NEW_FOLDER)
    try {
      await applyOwnership(handle, ownership, FOLDER_MODE)
    } finally {
      await handle.close()
    }
    await syncFolder(dirname(at))
  })
}

/** Two that make a folder at the same time both find it there in the end, whoever made it. */
async function makeFolder(
  folder: string,
  whenParentMissing?: () => Promise<'made' | 'there'>,
): Promise<'made' | 'there'> {
  try {
    await withSafePaths(safe => mkdir(safe.place(folder).at, FOLDER_MODE))
    return 'made'
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return 'there'
    if (!isMissing(error) || dirname(folder) === folder || whenParentMissing === undefined) throw error
    return whenParentMissing()
  }
}

/**
 * Flushes a folder, so that a name put into it survives a loss of power (fsync(2)). A file system that does not know
 * how answers EINVAL, and keeps its promise or not as it always did.
 */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (errnoOf(error) !== 'EINVAL') throw error
  } finally {
    await handle.close()
  }
}
