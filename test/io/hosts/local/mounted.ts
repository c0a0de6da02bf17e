import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file system of its own in memory, for what a real disk does only when it is full or broken. */
export type Mounted = {
  readonly folder: string
  /** Mounts it again, read-only. */
  readonly makeReadOnly: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Nothing where this process may not mount: not root, or in a container. */
export async function mountSmallDisk(bytes: number): Promise<Mounted | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-disk-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'baton-test', folder])
  } catch {
    await rm(folder, { recursive: true })
    return undefined
  }
  return {
    folder,
    makeReadOnly: async () => {
      await run('mount', ['-o', 'remount,ro', folder])
    },
    close: async () => {
      await run('umount', [folder])
      await rm(folder, { recursive: true })
    },
  }
}
