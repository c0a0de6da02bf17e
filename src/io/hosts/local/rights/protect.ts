import { constants } from 'node:fs'
import { copyFile, type FileHandle, lstat, open, readdir, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Failure, fail, type Result } from '../../../../core/base/index.ts'
import type { OwnFolder } from '../../host.ts'
import { attempt } from '../files/attempt.ts'
import { isMissing } from '../files/file-failure.ts'
import { syncFolder } from '../files/folder-durability.ts'
import { withSafePaths } from '../files/safe-paths.ts'
import { findAccount } from './accounts.ts'
import { findExposures } from './exposures.ts'
import { userUnknown } from './ownership.ts'

const ROOT = 0
const UNCHANGED = -1
const FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW
const ENTRY = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
const WRITABLE = 0o022
const STICKY = 0o1000
const NAMED_READS = 0o050
const PERMISSION_BITS = 0o7777

/**
 * `Host.protect` for this machine. From above downwards: what a folder holds can't be exchanged any more once the folder is
 * ours. `baton` bears the sticky bit until all it holds is ours too, so that a look tells when that was interrupted.
 */
export async function protectFolder(server: string, own: OwnFolder): Promise<Result<void, Failure>> {
  const account = own.user === undefined ? undefined : await findAccount(own.user)
  if (own.user !== undefined && account === undefined) return fail(userUnknown(server, own.user, own.folder))
  const found = await findExposures(server, own)
  if (!found.ok) return found
  const configuration = dirname(own.folder)
  const loose = new Set(found.value.flatMap(({ path, kind }) => (kind === 'above' ? [] : [path])))
  const gid = account?.gid ?? UNCHANGED
  return attempt({ server, verb: 'protect', path: own.folder }, async () => {
    if (loose.has(configuration)) {
      const use = own.written.includes(configuration) ? 'named-writes' : 'only-read'
      await protectShared(configuration, gid, use)
    }
    if ([...loose].some(path => `${path}/`.startsWith(`${own.folder}/`))) await protectOwn(own.folder, gid)
    else await letRead(own.folder, gid)
    for (const { path, mode } of own.files) if (loose.has(path)) await protectFile(path, { mode, gid })
  })
}

/** The folder of the configuration: where named makes files it goes on doing so, and can't rename what is root's. */
async function protectShared(folder: string, gid: number, use: 'named-writes' | 'only-read'): Promise<void> {
  const isWritten = use === 'named-writes'
  await withFolder(folder, async handle => {
    const { mode } = await handle.stat()
    if (isWritten) await handle.chown(ownUid(), isRoot() ? gid : UNCHANGED)
    else await handle.chown(ownUid(), UNCHANGED)
    await handle.chmod(
      isWritten ? (mode & PERMISSION_BITS) | STICKY | 0o070 : mode & PERMISSION_BITS & ~WRITABLE,
    )
  })
}

async function protectOwn(folder: string, gid: number): Promise<void> {
  await withFolder(folder, async (handle, at) => {
    const { mode } = await handle.stat()
    const wanted = (mode & PERMISSION_BITS & ~(WRITABLE | STICKY)) | NAMED_READS
    await own(handle, wanted | STICKY, isRoot() ? gid : UNCHANGED)
    await protectEntries(at)
    await handle.chmod(wanted)
    await handle.sync()
  })
}

/** The first run locks a server before it has files for named: the folder that holds them is then for root alone. */
async function letRead(folder: string, gid: number): Promise<void> {
  if (!isRoot() || gid === UNCHANGED) return
  await withFolder(folder, async handle => {
    const { gid: present } = await handle.stat()
    if (present !== gid) await handle.chown(UNCHANGED, gid)
  })
}

/** Everything in a folder that is ours already. */
async function protectEntries(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    try {
      await protectAny(join(folder, name))
    } catch (error) {
      // Another Baton that would have the lock tries, and leaves nothing behind.
      if (!isMissing(error)) throw error
    }
  }
}

async function protectAny(path: string): Promise<void> {
  const state = await lstat(path)
  if (state.isDirectory()) return protectInner(path)
  return state.isFile() ? protectEntry(path) : unlink(path)
}

async function protectInner(path: string): Promise<void> {
  const handle = await open(path, FOLDER)
  try {
    const { mode } = await handle.stat()
    await own(handle, mode & PERMISSION_BITS & ~(WRITABLE | STICKY), UNCHANGED)
    await protectEntries(path)
  } finally {
    await handle.close()
  }
}

/** A file with a second name becomes one of its own: what is written to the one would be in the other. */
async function protectEntry(path: string): Promise<void> {
  const { nlink } = await lstat(path)
  if (nlink > 1) {
    const alone = `${path}.alone`
    await copyFile(path, alone, constants.COPYFILE_EXCL)
    await rename(alone, path)
    await syncFolder(dirname(path))
  }
  const handle = await open(path, ENTRY)
  try {
    const { mode } = await handle.stat()
    // What was readable to all in it may be another's secret, by a second name.
    await own(handle, mode & (nlink > 1 ? 0o700 : PERMISSION_BITS & ~WRITABLE & 0o0777), UNCHANGED)
  } finally {
    await handle.close()
  }
}

type Wanted = { readonly mode: number; readonly gid: number }

async function protectFile(path: string, { mode, gid }: Wanted): Promise<void> {
  await withSafePaths(async safe => {
    const { at } = safe.place(path)
    const handle = await open(at, ENTRY)
    try {
      const { nlink, mode: present } = await handle.stat()
      // The push replaces it by a file of its own.
      if (nlink > 1) return
      await own(handle, isRoot() ? mode : present & mode, isRoot() ? gid : UNCHANGED)
    } finally {
      await handle.close()
    }
  })
}

/** Nothing where the folder is missing. */
async function withFolder(
  folder: string,
  work: (handle: FileHandle, at: string) => Promise<void>,
): Promise<void> {
  try {
    await withSafePaths(async safe => {
      const located = safe.find(folder)
      if (located === undefined) return
      const handle = await open(located.at, FOLDER)
      try {
        await work(handle, located.at)
      } finally {
        await handle.close()
      }
    })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** Owner first: changing it would clear set-id bits of the mode. */
async function own(handle: FileHandle, mode: number, gid: number): Promise<void> {
  if (isRoot()) await handle.chown(ROOT, gid)
  await handle.chmod(mode)
}

function ownUid(): number {
  return isRoot() ? ROOT : UNCHANGED
}

function isRoot(): boolean {
  return process.geteuid?.() === ROOT
}
