import { mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure, Result } from '../../../../core/base/index.ts'
import type { HolderClaim } from '../../host.ts'
import { OWN } from '../rights/ownership.ts'
import { attempt } from './attempt.ts'
import { errnoOf } from './file-failure.ts'
import { makeFolders, syncFolder } from './folder-durability.ts'

/** The folder is for its holder alone: what is staged in it may hold keys. */
const HOLDER_MODE = 0o700

/** Where a holder keeps what it is about to install. */
export function holderFolder({ folder, number }: HolderClaim): string {
  return join(folder, `holder.${number}`)
}

/** `Host.hold` for this machine: mkdir(2) lets one alone make a folder. */
export function holdRun(server: string, claim: HolderClaim): Promise<Result<void, Failure>> {
  const path = holderFolder(claim)
  return attempt({ server, verb: 'create', path }, async () => {
    await makeFolders(claim.folder, OWN)
    await mkdir(path, HOLDER_MODE)
    await syncFolder(claim.folder)
  })
}

/** `Host.depose` for this machine. A run that an older Baton began has a file where the folder is now; it goes as well. */
export function deposeEarlier(
  server: string,
  { folder, number }: HolderClaim,
): Promise<Result<void, Failure>> {
  return attempt({ server, verb: 'depose the holder in', path: folder }, async () => {
    for (const name of await readdir(folder)) {
      const earlier = Number(/^holder\.(\d+)$/.exec(name)?.[1])
      if (earlier < number) await takeAway(join(folder, name), join(folder, `deposed.${earlier}`))
    }
    await syncFolder(folder)
  })
}

/** Two who depose the same holder at the same time both find it gone in the end. */
async function takeAway(holder: string, deposed: string): Promise<void> {
  try {
    await rename(holder, deposed)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}
