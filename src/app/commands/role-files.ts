import { invariant, ok, type Problem, type Result } from '../../core/base/index.ts'
import type { RoleFiles } from '../../core/plan/index.ts'
import type { ConfigurationRequest } from '../../core/render/index.ts'
import { roleTexts } from './role-texts.ts'
import type { Session } from './session.ts'

/** A peer's small files in some standings, to be installed. */
export function roleFiles(
  session: Session,
  request: ConfigurationRequest,
): Result<RoleFiles, readonly Problem[]> {
  const texts = roleTexts(session, request)
  if (!texts.ok) return texts
  const rendered = session.rendered.get(request.peer.name)?.files ?? []
  const modes = new Map(rendered.map(({ path, mode }) => [path, mode]))
  const files = [...texts.value].map(([path, content]) => {
    const mode = modes.get(path)
    invariant(mode !== undefined, 'a peer has these files in whatever standing')
    return [path, { content, mode }] as const
  })
  return ok(new Map(files))
}
