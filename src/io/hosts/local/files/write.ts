import { type FileHandle, writeFile } from 'node:fs/promises'
import type { Failure, Result } from '../../../../core/base/index.ts'
import type { FileContent } from '../../host.ts'
import { grant, type Ownership, ownershipFor } from '../rights/ownership.ts'
import { attempt } from './attempt.ts'
import { openToRead } from './open-to-read.ts'
import { place } from './place.ts'

const PERMISSION_BITS = 0o7777

/** `Host.replace` for this machine. */
export function replaceFile(server: string, file: FileContent): Promise<Result<void, Failure>> {
  return placeContent(server, file, 'over')
}

/** `Host.create` for this machine: the finished file is given its name by link(2), which never replaces. */
export function createFile(server: string, file: FileContent): Promise<Result<void, Failure>> {
  return placeContent(server, file, 'new')
}

async function placeContent(
  server: string,
  file: FileContent,
  where: 'over' | 'new',
): Promise<Result<void, Failure>> {
  const ownership = await ownershipFor(server, file)
  if (!ownership.ok) return ownership
  const { path, mode, content } = file
  return attempt({ server, verb: where === 'over' ? 'replace' : 'create', path }, () =>
    place({ path, mode, ownership: ownership.value, where, fill: handle => handle.writeFile(content) }),
  )
}

type Copying = { readonly from: string; readonly to: string }

/** `Host.copy` for this machine, in portions whatever the size. The copy's modification time is now. */
export async function copyFile(server: string, { from, to }: Copying): Promise<Result<void, Failure>> {
  const source = await attempt({ server, verb: 'read', path: from }, () => openToRead(from))
  if (!source.ok) return source
  try {
    const plan = await attempt({ server, verb: 'copy', path: from }, () => likeness(source.value, from))
    if (!plan.ok) return plan
    return await attempt({ server, verb: `copy ${from} to`, path: to }, () =>
      place({
        ...plan.value,
        path: to,
        where: 'over',
        fill: target => writeFile(target, source.value.createReadStream({ autoClose: false })),
      }),
    )
  } finally {
    await source.value.close()
  }
}

/** The mode and group that a copy of this file should have. */
export async function likeness(
  source: FileHandle,
  path: string,
): Promise<{ mode: number; ownership: Ownership }> {
  const { mode: kindAndMode, uid, gid } = await source.stat()
  const mode = kindAndMode & PERMISSION_BITS
  const ownership = grant({ uid, gid, mode })
  if (ownership === undefined)
    throw Object.assign(new Error(`${path} belongs to another user and group`), { code: 'EPERM' })
  return { mode, ownership }
}
