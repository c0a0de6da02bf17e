import { ok, type Problem, type Result } from '../../core/base/index.ts'
import type { RoleFile, RoleFiles } from '../../core/plan/index.ts'
import { type ConfigurationRequest, composeConfiguration, renderStanding } from '../../core/render/index.ts'
import type { Session } from './session.ts'

const CONFIGURATION_MODE = 0o640

/** A peer's small files in some standings: its markers, its state and its `named.conf`. */
export function roleFiles(
  { fleet, sources, rendered }: Session,
  request: ConfigurationRequest,
): Result<RoleFiles, readonly Problem[]> {
  const { peer, standings } = request
  const configuration = composeConfiguration(fleet, sources, request)
  if (!configuration.ok) return configuration
  const files = new Map<string, RoleFile>(
    renderStanding(fleet, peer, standings).map(({ path, content, mode }) => [path, { content, mode }]),
  )
  const path = `${peer.paths.configuration}/named.conf`
  const mode = rendered.get(peer.name)?.files.find(file => file.path === path)?.mode ?? CONFIGURATION_MODE
  return ok(files.set(path, { content: configuration.value, mode }))
}
