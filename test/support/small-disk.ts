import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Room for the records of some hundred runs. */
const DISK_BYTES = 4 * 1024 * 1024

/** A small disk in the place of a folder, with what the folder held; nothing where this process may not mount. */
export function mountOver(folder: string, bytes = DISK_BYTES): (() => void) | undefined {
  const kept = `${folder}.kept`
  cpSync(folder, kept, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0755`, 'baton-test', folder], {
      stdio: 'ignore',
    })
  } catch {
    return undefined
  }
  for (const name of readdirSync(kept)) cpSync(join(kept, name), join(folder, name), { recursive: true })
  return () => execFileSync('umount', ['--lazy', folder])
}

/** Writes until nothing fits any more. */
export function fill(path: string): void {
  for (let bytes = DISK_BYTES; bytes >= 1; bytes = Math.floor(bytes / 2)) {
    try {
      for (;;) writeFileSync(path, 'x'.repeat(bytes), { flag: 'a' })
    } catch {
      // ENOSPC: a smaller piece may still fit.
    }
  }
}
