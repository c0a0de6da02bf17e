import { fail, type Problem, type Result } from '../../../core/base/index.ts'
import { type Doors, type FleetLinks, type LookWatch, openLinks } from '../../../io/observe/index.ts'
import { systemClock } from './clock.ts'
import type { FleetHead } from './read-folder.ts'

/** The digest of a fleet folder, nothing where it can't all be read; and the text of its `baton.yaml`. */
export type FolderState = { readonly digest: string | undefined; readonly fleetFile: string }

export type SessionOptions = Doors & {
  readonly fleetFile: string
  /**
   * What says what the servers should hold: the fleet folder, rendered; or what the last push wrote down on them, so that
   * nothing but `baton.yaml` and the keys is needed; or `either`: the folder, but where it is what was pushed, and would be
   * rendered otherwise now, what was pushed.
   */
  readonly basis?: 'folder' | 'either' | 'pushed' | undefined
  /** How long one question to a server may take, in milliseconds. */
  readonly questionMs?: number | undefined
  /** The same for the first questions, before the fleet is rendered; like all others unless said. */
  readonly firstQuestionMs?: number | undefined
  /** Told which servers are being waited for. */
  readonly lookWatch?: LookWatch | undefined
}

/** Links to the servers of a fleet, as a session asks. */
export function linksTo(
  { fleet, keys }: Pick<FleetHead, 'fleet' | 'keys'>,
  { endpointsOf, openHost, openControl, questionMs, lookWatch }: SessionOptions,
): Result<FleetLinks, readonly Problem[]> {
  const doors: Doors = { endpointsOf, openHost, openControl }
  const links = openLinks({ fleet, keys, clock: systemClock, ...doors, questionMs, lookWatch })
  return links.ok ? links : fail([links.error])
}
