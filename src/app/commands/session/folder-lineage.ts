import { type Refusal, refuse } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import { type FolderBase, type Pushed, parseFolderBase, printFolderBase } from '../../../core/pushed/index.ts'
import { descendsFrom, readCheckout } from '../../../io/hosts/index.ts'
import { folderInWords, pushInWords, shortDigest } from '../push/push-in-words.ts'
import { type LastPushes, newestPushes } from './last-pushes.ts'
import { keepMemory, type MemoryPlace, readMemory } from './memory.ts'
import type { FolderState } from './session-options.ts'

type Asked = { readonly fleet: Fleet; readonly folder: FolderState; readonly pushes: LastPushes }

/**
 * The states that were pushed last and that this fleet folder is neither equal to nor made from: by what Git knows, or else by
 * what this checkout remembers to have pushed or seen. A push from it would take back what others changed.
 */
export async function findNewer(session: Asked): Promise<readonly Pushed[]> {
  const { fleet, folder } = session
  const newer: Pushed[] = []
  for (const pushed of newestPushes(session.pushes)) {
    if (pushed.folder.digest === folder.digest) continue
    const { digest, begun } = await baseOf(session)
    if (digest === pushed.folder.digest || begun === pushed.folder.digest) continue
    const { commit, dirty } = pushed.folder
    if (commit !== undefined && dirty === false && (await descendsFrom(fleet.folder, commit))) continue
    newer.push(pushed)
  }
  return newer
}

/** Remembers that the folder is in the state that was pushed last, where it is: what comes of it was made from that. */
export async function noteFolder(session: Asked): Promise<void> {
  const { digest } = session.folder
  if (digest === undefined) return
  if (newestPushes(session.pushes).some(({ folder }) => folder.digest === digest))
    await rememberPush(session, digest)
}

export async function rememberPush(session: Asked, digest: string): Promise<void> {
  await remember(session, { digest })
}

/** Before a push begins: this process may die, and somebody else take the push to its end. */
export async function rememberBegun(session: Asked, begun: string): Promise<void> {
  const { digest } = await baseOf(session)
  await remember(session, { digest, begun })
}

async function remember(session: Asked, base: FolderBase): Promise<void> {
  const text = printFolderBase(base)
  if ((await readMemory(placeOf(session))) !== text) await keepMemory(placeOf(session), text)
}

async function baseOf(session: Asked): Promise<FolderBase> {
  return parseFolderBase((await readMemory(placeOf(session))) ?? '')
}

/** How many characters of a digest a person must give to mean it. */
const DIGEST_MIN = 8

/** Why a push is refused: one for every state that it would take back, but for the one that a person names. */
export async function refuseBehind(session: Asked, despite: string | undefined): Promise<readonly Refusal[]> {
  const newer = await findNewer(session)
  const left = newer.filter(
    ({ folder }) =>
      despite === undefined || despite.length < DIGEST_MIN || !folder.digest.startsWith(despite),
  )
  return Promise.all(
    left.map(async pushed =>
      refuse({
        code: 'push.folder-behind',
        subject: session.fleet.name,
        because: await behindInWords(session, pushed),
        remedy: `Bring the folder up to date, as with \`git pull\`. \`baton diff\` shows what a push from here would change; if it is to be so, \`baton push --despite-newer ${shortDigest(pushed.folder.digest)}\`.`,
      }),
    ),
  )
}

export async function behindInWords({ fleet, folder }: Asked, pushed: Pushed): Promise<string> {
  const checkout = await readCheckout(fleet.folder)
  const own = folderInWords({
    digest: folder.digest ?? 'that cannot be read whole',
    commit: checkout?.commit,
    dirty: checkout?.dirty,
  })
  return `this folder is in the state ${own}, and was not made from the one on the servers: ${pushInWords(pushed)}`
}

function placeOf({ fleet }: Asked): MemoryPlace {
  return { folder: fleet.folder, name: 'pushed' }
}
