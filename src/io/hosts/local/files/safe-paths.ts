import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs'
import { basename, dirname } from 'node:path'

/** As many links as Linux itself follows on one path (path_resolution(7)). */
const LINKS_FOLLOWED_MAX = 40
/** Folders held open at once; zones are sorted by folder, so the next file is mostly in one of the last. */
const FOLDERS_HELD_MAX = 16

const ROOT = 0
const OTHERS_WRITE = 0o022
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
/** No errno of the system's: what is wrong with such a link is who may have made it. */
const FOREIGN_LINK = 'EFOREIGNLINK'
const DESCRIPTORS = '/proc/self/fd'

/** Where a file is, for a process whose rights nobody may borrow. */
export type Located = {
  /** The path to open: it leads through a folder that is held open, whatever is put in the way meanwhile. */
  readonly at: string
  /** To be added when it is opened. */
  readonly flags: number
  /** Whether nobody but this process' user and root can put anything into its folder. */
  readonly own: boolean
}

type HeldFolder = { readonly descriptor: number; readonly own: boolean }

/**
 * Paths as root may walk them. A folder of named's is one in which `bind` may put a link to `/etc/shadow`, or exchange a
 * folder for a link, between a look and an act; root would read or change what `bind` may not. So folders are opened one
 * by one, and a link is followed only where root made it in a folder that nobody else may write. Every other one is EFOREIGNLINK.
 * For other users paths stay as they are: the kernel gives nobody more than they have. Throws system errors.
 */
export class SafePaths {
  readonly #held = new Map<string, HeldFolder>()

  /** Nothing when nothing is there. Its last part may be a link that root made; it is followed. */
  find(path: string): Located | undefined {
    if (!isRoot()) {
      // Asking first is four times faster than catching, and most zones have no journal.
      const exists = statSync(path, { throwIfNoEntry: false }) !== undefined
      return exists ? { at: path, flags: 0, own: true } : undefined
    }
    let wanted = path
    for (let followed = 0; followed <= LINKS_FOLLOWED_MAX; followed++) {
      const folder = this.#hold(dirname(wanted))
      const at = within(folder, basename(wanted))
      const state = lstatSync(at, { throwIfNoEntry: false })
      if (state === undefined) return undefined
      if (!state.isSymbolicLink()) return { at, flags: constants.O_NOFOLLOW, own: folder.own }
      wanted = join(dirname(wanted), targetOf(at, state, folder))
    }
    throw tooManyLinks(path)
  }

  /** Where a file may be made or replaced: what has that name is not looked at. */
  place(path: string): Located {
    if (!isRoot()) return { at: path, flags: 0, own: true }
    const folder = this.#hold(dirname(path))
    return { at: within(folder, basename(path)), flags: constants.O_NOFOLLOW, own: folder.own }
  }

  close(): void {
    for (const { descriptor } of this.#held.values()) closeSync(descriptor)
    this.#held.clear()
  }

  #hold(path: string): HeldFolder {
    const known = this.#held.get(path)
    if (known !== undefined) return known
    const opened = openFolder(path)
    const [oldest] = this.#held.keys()
    if (this.#held.size >= FOLDERS_HELD_MAX && oldest !== undefined) this.#release(oldest)
    this.#held.set(path, opened)
    return opened
  }

  #release(path: string): void {
    const held = this.#held.get(path)
    if (held !== undefined) closeSync(held.descriptor)
    this.#held.delete(path)
  }
}

/** Does `work` with paths that are released at its end. */
export async function withSafePaths<Value>(
  work: (paths: SafePaths) => Value | Promise<Value>,
): Promise<Value> {
  const paths = new SafePaths()
  try {
    return await work(paths)
  } finally {
    paths.close()
  }
}

/**
 * Throws EMLINK for root's own file where it has a second name in a folder that another user may write: that user gave it
 * the name, in order that root does there what the user may not (proc(5), `protected_hardlinks`).
 */
export function refuseBorrowed(stats: Pick<Stats, 'isFile' | 'nlink' | 'uid'>, { own }: Located): void {
  if (own || !isRoot() || !stats.isFile() || stats.nlink <= 1 || !isOwn(stats.uid)) return
  throw Object.assign(new Error('a second name of a file of another user'), { code: 'EMLINK' })
}

function openFolder(path: string): HeldFolder {
  let folder = openPart('/')
  try {
    const parts = partsOf(path)
    let followed = 0
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      const next = openNext(folder, part)
      if (typeof next !== 'string') {
        closeSync(folder.descriptor)
        folder = next
        continue
      }
      if (++followed > LINKS_FOLLOWED_MAX) throw tooManyLinks(path)
      parts.unshift(...partsOf(next))
      if (!next.startsWith('/')) continue
      closeSync(folder.descriptor)
      folder = openPart('/')
    }
    return folder
  } catch (error) {
    closeSync(folder.descriptor)
    throw error
  }
}

/** The folder, or where a link leads that may be followed. */
function openNext(folder: HeldFolder, part: string): HeldFolder | string {
  const at = within(folder, part)
  try {
    return openPart(at)
  } catch (error) {
    const state = lstatSync(at, { throwIfNoEntry: false })
    if (state?.isSymbolicLink() !== true) throw error
    return targetOf(at, state, folder)
  }
}

function openPart(at: string): HeldFolder {
  const descriptor = openSync(at, FOLDER)
  const { uid, mode } = fstatSync(descriptor)
  return { descriptor, own: isOwn(uid) && (mode & OTHERS_WRITE) === 0 }
}

function targetOf(at: string, state: Stats, folder: HeldFolder): string {
  if (folder.own && isOwn(state.uid)) return readlinkSync(at)
  throw Object.assign(new Error('a symbolic link that another user may have made'), { code: FOREIGN_LINK })
}

/** Without /proc every name in it would be missing, which must not be taken for a file that is missing. */
function within({ descriptor }: HeldFolder, name: string): string {
  const folder = `${DESCRIPTORS}/${descriptor}`
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined)
    throw Object.assign(new Error('/proc is not mounted'), { code: 'ENOSYS' })
  return `${folder}/${name}`
}

/** Joined as text: `..` is a step of the walk, because it leads elsewhere behind a link. */
function join(folder: string, target: string): string {
  return target.startsWith('/') ? target : `${folder}/${target}`
}

function partsOf(path: string): string[] {
  return path.split('/').filter(part => part !== '' && part !== '.')
}

function tooManyLinks(path: string): Error {
  return Object.assign(new Error(`too many links on ${path}`), { code: 'ELOOP' })
}

function isOwn(uid: number): boolean {
  return uid === ROOT || uid === process.geteuid?.()
}

function isRoot(): boolean {
  return process.geteuid?.() === ROOT
}
