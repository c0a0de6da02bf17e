import { type FileHandle, open } from 'node:fs/promises'
import { READING, requireRegular } from './regular-file.ts'
import { refuseBorrowed, withSafePaths } from './safe-paths.ts'

/** A file or folder that may be read, found as `SafePaths` says. Throws system errors. */
export function openToRead(path: string): Promise<FileHandle> {
  return withSafePaths(async safe => {
    const located = safe.find(path)
    if (located === undefined) throw Object.assign(new Error(`${path} is missing`), { code: 'ENOENT' })
    const handle = await open(located.at, READING | located.flags)
    try {
      const stats = await handle.stat()
      requireRegular(stats)
      refuseBorrowed(stats, located)
      return handle
    } catch (error) {
      await handle.close()
      throw error
    }
  })
}
