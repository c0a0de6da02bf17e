import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Sparse; more than the free space that a peer must have. */
const SIZE_BYTES = 512 * 2 ** 20

/** A folder on a disk of its own, which can stand still: whoever writes to it waits until it is thawed. */
export interface FreezableDisk {
  freeze(): Promise<void>
  /** Does no harm to a disk that goes. */
  thaw(): Promise<void>
  /** Only when nobody uses the folder any more. Its content is put into a plain folder again. */
  remove(): Promise<void>
}

/** Puts the content of a folder that nobody uses on a disk of its own, mounted in its place. */
export async function mountFreezableDisk(folder: string): Promise<FreezableDisk> {
  const image = `${folder}.img`
  const content = `${folder}.content`
  writeFileSync(image, '')
  truncateSync(image, SIZE_BYTES)
  await run('mkfs.ext4', ['-q', '-F', image])
  await cp(folder, content, { recursive: true, preserveTimestamps: true })
  await run('mount', ['-o', 'loop', image, folder])
  await cp(content, folder, { recursive: true, preserveTimestamps: true })
  rmSync(content, { recursive: true })
  let state: 'goes' | 'frozen' = 'goes'
  const thaw = async () => {
    if (state === 'frozen') await run('fsfreeze', ['--unfreeze', folder])
    state = 'goes'
  }
  return {
    async freeze() {
      await run('fsfreeze', ['--freeze', folder])
      state = 'frozen'
    },
    thaw,
    async remove() {
      await thaw()
      await cp(folder, content, { recursive: true, preserveTimestamps: true })
      await run('umount', [folder])
      await cp(content, folder, { recursive: true, preserveTimestamps: true })
      for (const path of [content, image]) rmSync(path, { recursive: true })
    },
  }
}

/** Whether this machine lets us do that: it takes root, and loop devices. */
export async function canFreezeDisks(): Promise<boolean> {
  const top = mkdtempSync(join(tmpdir(), 'baton-disk-'))
  const folder = join(top, 'var')
  mkdirSync(folder)
  try {
    const disk = await mountFreezableDisk(folder)
    try {
      await disk.freeze()
    } finally {
      await disk.remove()
    }
    return true
  } catch {
    // No mkfs, no mount, no loop device, or not root: which of them makes no difference.
    return false
  } finally {
    rmSync(top, { recursive: true })
  }
}
