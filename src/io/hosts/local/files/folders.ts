import { realpath, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Failure, fail, failure, ok, type Result } from '../../../../core/base/index.ts'
import type { FolderState, FoldersRequest } from '../../host.ts'
import { type Account, findAccount, ownAccount } from '../rights/accounts.ts'
import { readConfinement } from '../rights/confinement.ts'
import { type Mount, mountOf, readMounts } from '../rights/mounts.ts'
import { forbids } from '../rights/permission.ts'
import { attempt } from './attempt.ts'
import { isMissing } from './file-failure.ts'

/** What is the same for all folders of one question. */
type Surroundings = {
  readonly account: Account
  readonly mounts: readonly Mount[]
  readonly confinement: string | undefined
}

/** `Host.folders` for this machine. */
export async function readFolders(
  server: string,
  request: FoldersRequest,
): Promise<Result<readonly FolderState[], Failure>> {
  const { user, paths } = request
  const account = user === undefined ? ownAccount() : await findAccount(user)
  if (account === undefined)
    return fail(
      failure({
        code: 'hosts.user-unknown',
        subject: server,
        because: `${server} has no user "${user}"`,
        remedy: `Correct \`user\` of ${server} in baton.yaml; on Debian and Ubuntu named runs as \`bind\`.`,
      }),
    )
  const [mounts, confinement] = await Promise.all([readMounts(), readConfinement()])
  const states: FolderState[] = []
  for (const path of paths) {
    const state = await attempt({ server, verb: 'look at', path }, () =>
      readFolder(path, { account, mounts, confinement }),
    )
    if (!state.ok) return state
    states.push(state.value)
  }
  return ok(states)
}

async function readFolder(path: string, surroundings: Surroundings): Promise<FolderState> {
  const existing = await nearestExisting(path)
  const space = await statfs(existing)
  const because = await obstacle(path, existing, surroundings)
  return {
    path,
    exists: existing === path,
    bytesFree: space.bavail * space.bsize,
    inodesFree: space.files === 0 ? Number.MAX_SAFE_INTEGER : space.ffree,
    writable: because === undefined,
    because,
    confinement: surroundings.confinement,
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await stat(path)
    return path
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error
    return nearestExisting(dirname(path))
  }
}

/** Why the account can't create files in the folder, if it can't. */
async function obstacle(
  path: string,
  existing: string,
  { account, mounts }: Surroundings,
): Promise<string | undefined> {
  if (existing !== path) return 'it does not exist'
  const real = await realpath(path)
  const folder = await stat(real)
  if (!folder.isDirectory()) return 'it is not a folder'
  if (mountOf(mounts, real)?.readOnly === true) return 'its file system is mounted read-only'
  for (const above of foldersAbove(real))
    if (forbids(await stat(above), account, 'search')) return `its user may not pass through ${above}`
  return forbids(folder, account, 'write') ? 'its user has no right to write there' : undefined
}

function foldersAbove(path: string): string[] {
  const parent = dirname(path)
  return parent === path ? [] : [...foldersAbove(parent), parent]
}
