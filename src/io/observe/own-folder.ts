import { dirname, resolve } from 'node:path'
import type { Server } from '../../core/fleet/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import type { OwnFolder } from '../hosts/index.ts'
import { batonFolder } from './see-files.ts'

/** What a server holds, as far as owners and modes go. */
export type ServerHolds = {
  readonly files: OwnFolder['files']
  readonly zones: readonly RenderedZone[]
}

/** What of a server nobody else than Baton's user, or root, is to write: root's guard executes and installs it. */
export function ownFolder(server: Server, holds: ServerHolds | undefined): OwnFolder {
  return {
    folder: batonFolder(server),
    files: holds?.files.map(({ path, mode }) => ({ path, mode })) ?? [],
    user: server.user,
    written: writtenFolders(server, holds?.zones ?? []),
  }
}

/** Where named makes zones, journals and keys, its working directory first. */
export function writtenFolders(server: Server, zones: readonly RenderedZone[]): readonly string[] {
  const { directory } = server.paths
  return [...new Set([directory, ...zones.flatMap(foldersOf).map(folder => resolve(directory, folder))])]
}

function foldersOf({ file, journal, signing, keyDirectory }: RenderedZone): readonly string[] {
  return [dirname(file), dirname(journal), ...(signing && keyDirectory !== undefined ? [keyDirectory] : [])]
}
