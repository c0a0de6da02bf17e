import { execFile } from 'node:child_process'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DISK_BYTES = 16 * 1024 * 1024

/** A disk of its own that can be made to hang: whoever writes to it waits until it thaws. */
export type FreezableDisk = {
  readonly folder: string
  readonly freeze: () => Promise<void>
  readonly thaw: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Nothing where this process may not mount: not root, or in a container. */
export async function mountFreezableDisk(): Promise<FreezableDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-disk-'))
  const image = `${folder}.image`
  try {
    await writeFile(image, '')
    await truncate(image, DISK_BYTES)
    await run('mkfs.ext4', ['-q', image])
    await run('mount', ['-o', 'loop', image, folder])
  } catch {
    await rm(folder, { recursive: true })
    await rm(image, { force: true })
    return undefined
  }
  return {
    folder,
    freeze: async () => {
      await run('fsfreeze', ['--freeze', folder])
    },
    thaw: async () => {
      await run('fsfreeze', ['--unfreeze', folder])
    },
    close: async () => {
      await run('umount', ['--lazy', folder])
      await rm(folder, { recursive: true })
      await rm(image)
    },
  }
}
