import type { FileHandle } from 'node:fs/promises'
import { type Failure, fail, failure, ok, type Result } from '../../../../core/base/index.ts'
import type { FileContent } from '../../host.ts'
import { findAccount, ownAccount } from './accounts.ts'

/** Who is to own a new file; -1 leaves that half as it is, as fchown(2) has it. */
export type Ownership = { readonly uid: number; readonly gid: number }

/** What is asked for, before it is known whether Baton may. */
export type OwnershipWish = Ownership & { readonly mode: number }

const UNCHANGED = -1
const OTHERS_READ = 0o004
const ROOT = 0

/** Of files that are this process' own. */
export const OWN: Ownership = { uid: UNCHANGED, gid: UNCHANGED }

/** The ownership a file's `user` asks for: it may be read by that user's group, and belongs to this process' user. */
export async function ownershipFor(server: string, file: FileContent): Promise<Result<Ownership, Failure>> {
  if (file.user === undefined) return ok(OWN)
  const account = await findAccount(file.user)
  if (account === undefined) return fail(userUnknown(server, file.user, file.path))
  const granted = grant({ uid: account.uid, gid: account.gid, mode: file.mode })
  if (granted !== undefined) return ok(granted)
  return fail(
    failure({
      code: 'hosts.owner',
      subject: `${server}:${file.path}`,
      because: `Baton is not root on ${server} and not in the group of ${file.user}, who could not read ${file.path}`,
      remedy: `Run Baton as root, or make its user a member of the group of ${file.user}.`,
    }),
  )
}

export function userUnknown(server: string, user: string, path: string): Failure {
  return failure({
    code: 'hosts.user-unknown',
    subject: `${server}:${path}`,
    because: `${server} has no user "${user}" to read ${path}`,
    remedy: `Correct \`user\` of ${server} in baton.yaml; on Debian and Ubuntu named runs as \`bind\`.`,
  })
}

/**
 * The owner is always this process' user: what root executes or installs nobody else may write. So the wish is for a group
 * that may read: root gives it, others where it is theirs. Nothing when it can't be given and the mode lets no others
 * read, because named would then come up without that file.
 */
export function grant(wish: OwnershipWish): Ownership | undefined {
  const own = ownAccount()
  if (own.uid === ROOT) return { uid: UNCHANGED, gid: wish.gid }
  if (own.groups.has(wish.gid)) return { uid: UNCHANGED, gid: wish.gid }
  return own.uid === wish.uid || (wish.mode & OTHERS_READ) !== 0 ? OWN : undefined
}

/** Owner first: changing it would clear set-id bits of the mode. */
export async function applyOwnership(handle: FileHandle, ownership: Ownership, mode: number): Promise<void> {
  if (ownership.uid !== UNCHANGED || ownership.gid !== UNCHANGED)
    await handle.chown(ownership.uid, ownership.gid)
  await handle.chmod(mode)
}
