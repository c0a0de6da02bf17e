import { lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Failure, fail, type Result } from '../../../../core/base/index.ts'
import type { Exposure, OwnFolder } from '../../host.ts'
import { attempt } from '../files/attempt.ts'
import { isMissing } from '../files/file-failure.ts'
import { findAccount } from './accounts.ts'
import { userUnknown } from './ownership.ts'

const ROOT = 0
const WRITABLE = 0o022
const WRITABLE_BY_ALL = 0o002
const STICKY = 0o1000
const GROUP_READS = 0o040
const ALL_READ = 0o004
/** Of a mode, what others than the owner may. */
const OTHERS = 0o077
const FOLDERS_DEEP_MAX = 3

/** Folders in `baton` whose content is a record of Baton's, and not read by named: only they themselves are looked at. */
const RECORDS: ReadonlySet<string> = new Set(['runs', 'rescue'])

/** `Host.exposures` for this machine. */
export async function findExposures(
  server: string,
  own: OwnFolder,
): Promise<Result<readonly Exposure[], Failure>> {
  const account = own.user === undefined ? undefined : await findAccount(own.user)
  if (own.user !== undefined && account === undefined) return fail(userUnknown(server, own.user, own.folder))
  return attempt({ server, verb: 'look at', path: own.folder }, () => {
    const above = isRoot() ? foldersAbove(dirname(own.folder)).flatMap(chainExposure) : []
    const configuration = dirname(own.folder)
    const isShared = own.written.includes(configuration)
    return [
      ...above,
      ...exposureOf(configuration, 'folder', state =>
        looseFolder(state, isShared || !isRoot() ? 'will-do' : 'will-not-do'),
      ),
      ...treeExposures(own.folder, 0),
      ...own.files.flatMap(({ path, mode }) =>
        exposureOf(path, 'file', state => looseFile(state, mode, account?.gid)),
      ),
    ].filter((one, index, all) => all.findIndex(({ path }) => path === one.path) === index)
  })
}

/** Whether a program that root starts there could be another user's; the first folder or file that makes it so. */
export function findExposedScript(path: string): Exposure | undefined {
  if (!isRoot()) return undefined
  const folder = dirname(path)
  return [
    ...foldersAbove(folder).flatMap(chainExposure),
    ...exposureOf(folder, 'folder', state => looseFolder(state, 'will-not-do')),
    ...exposureOf(path, 'file', looseEntry),
  ][0]
}

/** The path as it is written and as it really is: a link in it is as good as the folder that holds it. */
function foldersAbove(path: string): readonly string[] {
  return [...new Set([...ancestors(path), ...ancestors(realOf(path))])].filter(each => each !== path)
}

function ancestors(path: string): readonly string[] {
  const parent = dirname(path)
  return parent === path ? [path] : [...ancestors(parent), path]
}

function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (isMissing(error)) return path
    throw error
  }
}

/** A sticky folder lets nobody rename what is root's in it. */
function chainExposure(path: string): readonly Exposure[] {
  return exposureOf(path, 'above', state =>
    state.isSymbolicLink() ? looseOwner(state) : looseFolder(state, 'will-do'),
  )
}

function treeExposures(folder: string, depth: number): readonly Exposure[] {
  const state = lstatSync(folder, { throwIfNoEntry: false })
  if (state === undefined) return []
  const loose = looseEntry(state)
  if (loose !== undefined) return [{ path: folder, because: loose, kind: 'folder' }]
  if (!state.isDirectory() || depth === FOLDERS_DEEP_MAX) return []
  return readdirSync(folder)
    .filter(name => !isPassing(name))
    .flatMap(name =>
      depth === 0 && RECORDS.has(name)
        ? exposureOf(join(folder, name), 'folder', looseEntry)
        : treeExposures(join(folder, name), depth + 1),
    )
}

/** What is just being written has its owner and mode at its end. */
function isPassing(name: string): boolean {
  return /^\.baton-[0-9a-f]+\.tmp$/.test(name)
}

function exposureOf(
  path: string,
  kind: Exposure['kind'],
  judge: (state: Stats) => string | undefined,
): readonly Exposure[] {
  const state = lstatSync(path, { throwIfNoEntry: false })
  const because = state === undefined ? undefined : judge(state)
  return because === undefined ? [] : [{ path, because, kind }]
}

function looseOwner({ uid }: Stats): string | undefined {
  return !isRoot() || uid === ROOT ? undefined : `belongs to the user ${uid}, not to root`
}

function looseFolder(state: Stats, sticky: 'will-do' | 'will-not-do'): string | undefined {
  const { mode } = state
  if (sticky === 'will-do' && (mode & STICKY) !== 0) return looseOwner(state)
  return looseOwner(state) ?? writableBy(mode)
}

function looseEntry(state: Stats): string | undefined {
  if (state.isSymbolicLink()) return isRoot() ? 'is a symbolic link' : undefined
  if (!state.isFile() && !state.isDirectory()) return 'is neither a file nor a folder'
  if (state.isDirectory() && (state.mode & STICKY) !== 0) return 'was not protected to the end'
  return looseOwner(state) ?? writableBy(state.mode)
}

function looseFile(state: Stats, wanted: number, gid: number | undefined): string | undefined {
  const loose = looseEntry(state)
  if (loose !== undefined) return loose
  const { mode } = state
  if ((mode & ~wanted & OTHERS) !== 0) return `has mode ${octal(mode)} where it should have ${octal(wanted)}`
  if (gid === undefined || !isRoot() || (mode & ALL_READ) !== 0) return undefined
  return state.gid === gid && (mode & GROUP_READS) !== 0 ? undefined : "can't be read by named's group"
}

/** Several accounts may share a folder by their group where none of them is root. */
function writableBy(mode: number): string | undefined {
  const bits = isRoot() ? WRITABLE : WRITABLE_BY_ALL
  return (mode & bits) === 0 ? undefined : `may be written by others (mode ${octal(mode)})`
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

function isRoot(): boolean {
  return process.geteuid?.() === ROOT
}
