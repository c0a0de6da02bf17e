import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Failure, invariant, type Result } from '../../../../core/base/index.ts'
import { attempt } from './attempt.ts'
import { isMissing } from './file-failure.ts'
import { syncFolder } from './folder-durability.ts'
import { withSafePaths } from './safe-paths.ts'

/** `Host.remove` for this machine. The folder it was in is flushed, so that it does not come back with the power. */
export async function removePath(server: string, path: string): Promise<Result<void, Failure>> {
  invariant(dirname(path) !== path, 'the root of the file system is never removed')
  return attempt({ server, verb: 'remove', path }, async () => {
    try {
      await withSafePaths(async safe => {
        const { at } = safe.place(path)
        await rm(at, { recursive: true, force: true })
        await syncFolder(dirname(at))
      })
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  })
}
