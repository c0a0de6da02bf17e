import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { FileChange } from '../../core/plan/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { type ServerLink, seeStopped } from '../observe/index.ts'
import type { RunContext } from './context.ts'
import { command } from './control.ts'
import { installChanges } from './files/files.ts'
import { awaitLoaded, type LoadedExpectation } from './zones/await-loaded.ts'

/** How long a server may take for all its zones where nobody waits to write, in milliseconds. */
export const RECONFIGURE_DEADLINE_MS = 120_000

/** What a server is to become, and the files that make it so; none where they are in place. */
export type Reconfiguration = LoadedExpectation & { readonly install: readonly FileChange[] }

/**
 * The one way in which a server changes its role: new files, one reconfig, every zone looked at; how many they are. Zones
 * that become secondary are touched before, because their expiry counts from the time of their files.
 */
export async function reconfigureAs(
  context: RunContext,
  link: ServerLink,
  wanted: Reconfiguration,
): Promise<Result<number, Failure>> {
  if (wanted.type === 'secondary') {
    const touched = await touchZones(link, wanted.zones)
    if (!touched.ok) return touched
  }
  const installed = await installChanges(context, link, wanted.install)
  if (!installed.ok) return installed
  const reconfigured = await command(link, { kind: 'reconfig' })
  return reconfigured.ok ? awaitLoaded(context, link, wanted) : reconfigured
}

/** The files of before are read, unless named is proven to have stopped: then it reads them when it starts. */
export async function reconfigureIfRunning(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  const reconfigured = await command(link, { kind: 'reconfig' })
  if (reconfigured.ok) return reconfigured
  const stopped = await seeStopped(context.links, link, set)
  return stopped.kind === 'stopped' ? ok(undefined) : reconfigured
}

/** One that is older than SOA expire would make an expired zone at once. */
export function touchZones(link: ServerLink, zones: readonly RenderedZone[]): Promise<Result<void, Failure>> {
  const paths = zones.flatMap(({ file, journal }) => [file, journal])
  return link.host.touch({ folder: link.server.paths.directory, paths })
}
