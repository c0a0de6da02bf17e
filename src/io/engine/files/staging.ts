import type { Server } from '../../../core/fleet/index.ts'

/** Where a push keeps, on the server itself, what is to come and what was there: the plan holds no contents. */
export function stagedPath(server: Server, run: string, path: string): string {
  return `${stagedFolder(server, run)}${withinConfiguration(server, path)}`
}

/** What is to come, all of it: not needed any more once a push goes back. */
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
