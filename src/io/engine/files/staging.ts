import type { Failure, Result } from '../../../core/base/index.ts'
import type { Server } from '../../../core/fleet/index.ts'
import type { ServerLink } from '../../observe/index.ts'

/** Where a push keeps, on the server itself, what is to come and what was there: the plan holds no contents. */
export function stagedPath(server: Server, run: string, path: string): string {
  return `${stagedFolder(server, run)}${withinConfiguration(server, path)}`
}

/** Putting a file back takes room for it, and a full disk may be why: what was to come is not needed any more, and makes that room. */
export function makeRoom({ host, server }: ServerLink, run: string): Promise<Result<void, Failure>> {
  return host.remove(stagedFolder(server, run))
}

/** What is to come, all of it. */
export function stagedFolder(server: Server, run: string): string {
  return `${stagingFolder(server, run)}/new`
}

export function keptPath(server: Server, run: string, path: string): string {
  return `${stagingFolder(server, run)}/old${withinConfiguration(server, path)}`
}

export function stagingFolder(server: Server, run: string): string {
  return `${server.paths.configuration}/baton/runs/${run}/files`
}

function withinConfiguration(server: Server, path: string): string {
  return path.slice(server.paths.configuration.length)
}
