import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import { parseState } from '../../core/render/index.ts'
import type { SeenFiles, SeenLock, SeenState } from '../../core/snapshot/index.ts'
import type { OwnFolder } from '../hosts/index.ts'
import { readLock } from '../journal/index.ts'
import type { ServerLink } from './link.ts'

/** Where Baton keeps its own files on a server. */
export function batonFolder(server: Server): string {
  return `${server.paths.configuration}/baton`
}

/** Digests of the given files, the state file, the lock and who else could write them, as they stand on the server. */
export async function seeFiles(link: ServerLink, own: OwnFolder): Promise<Result<SeenFiles, Failure>> {
  const [digests, state, lock, exposures] = await Promise.all([
    link.host.digests(own.files.map(({ path }) => path)),
    seeState(link),
    seeLock(link),
    link.host.exposures(own),
  ])
  if (!digests.ok) return digests
  if (!state.ok) return state
  if (!lock.ok) return lock
  if (!exposures.ok) return exposures
  return ok({
    digests: digests.value,
    state: state.value,
    lock: lock.value,
    exposures: exposures.value,
  })
}

/** Who holds the server, if somebody does. */
export function seeLock(link: ServerLink): Promise<Result<SeenLock | undefined, Failure>> {
  return readLock({ files: link.host, folder: batonFolder(link.server) })
}

/** What `baton/state` says; a state file that cannot be understood is as good as none, and shows as drift. */
export async function seeState(link: ServerLink): Promise<Result<SeenState | undefined, Failure>> {
  const path = `${batonFolder(link.server)}/state`
  const text = await readText(link, path)
  if (!text.ok) return text
  if (text.value === undefined) return ok(undefined)
  const state = parseState(text.value, path)
  return ok(state.ok ? state.value : undefined)
}

async function readText(link: ServerLink, path: string): Promise<Result<string | undefined, Failure>> {
  const read = await link.host.read(path)
  if (read.ok) return ok(new TextDecoder().decode(read.value))
  return read.error.code === 'hosts.missing' ? ok(undefined) : read
}
