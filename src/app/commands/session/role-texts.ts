import { type Failure, fail, failure, ok, type Problem, type Result } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import {
  type ConfigurationRequest,
  composeConfiguration,
  configurationFrom,
  type RenderedFile,
  renderStanding,
  rolesOf,
  type Sources,
} from '../../../core/render/index.ts'

/** From what the texts of a peer's role files are made: from what lies on it, or from the fleet folder. */
export type RoleSources = {
  readonly fleet: Fleet
  readonly sources: Sources
  readonly installed?: ReadonlyMap<string, string> | undefined
}

const CONFIGURATION_MODE = 0o640

/**
 * A peer's files that follow its roles: its markers, its state and its `named.conf`. The last is left out where it would be
 * made from what lies on the peer, and that can't be read.
 */
export function roleTexts(
  { fleet, sources, installed }: RoleSources,
  request: ConfigurationRequest,
): Result<readonly RenderedFile[], readonly Problem[]> {
  const { peer, standings } = request
  const following = renderStanding(fleet, peer, standings)
  const text = installed?.get(peer.name)
  if (installed !== undefined && text === undefined) return ok(following)
  const configuration =
    text === undefined ? composeConfiguration(fleet, sources, request) : fromInstalled(fleet, request, text)
  if (!configuration.ok) return configuration
  const path = `${peer.paths.configuration}/named.conf`
  const file = { path, content: configuration.value, mode: CONFIGURATION_MODE, secret: true }
  return ok([...following, file])
}

function fromInstalled(
  fleet: Fleet,
  { peer, standings, closed, absent }: ConfigurationRequest,
  text: string,
): Result<string, readonly Failure[]> {
  const made = configurationFrom(fleet, { peer, text }, { roles: rolesOf(standings), closed, absent })
  if (made.ok) return made
  return fail([
    failure({
      code: 'push.role-file-unknown',
      subject: peer.name,
      because: `${peer.paths.configuration}/named.standby.conf is not as a push leaves it: ${made.error}`,
      remedy: `Put back what was pushed: \`baton render --out DIR\`, in the fleet folder as it was then, makes it.`,
    }),
  ])
}
