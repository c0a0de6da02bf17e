import { type Diagnostic, ok, type Result } from '../../core/base/index.ts'
import type { Fleet } from '../../core/fleet/index.ts'
import {
  type ConfigurationRequest,
  composeConfiguration,
  renderStanding,
  type Sources,
} from '../../core/render/index.ts'

/** The texts of a peer's files that follow its roles, by path: its markers, its state and its `named.conf`. */
export function roleTexts(
  { fleet, sources }: { readonly fleet: Fleet; readonly sources: Sources },
  request: ConfigurationRequest,
): Result<ReadonlyMap<string, string>, readonly Diagnostic[]> {
  const { peer, standings } = request
  const configuration = composeConfiguration(fleet, sources, request)
  if (!configuration.ok) return configuration
  const texts = renderStanding(fleet, peer, standings).map(({ path, content }) => [path, content] as const)
  return ok(new Map([...texts, [`${peer.paths.configuration}/named.conf`, configuration.value]]))
}
