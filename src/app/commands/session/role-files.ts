import { ok, type Problem, type Result } from '../../../core/base/index.ts'
import type { RoleFiles } from '../../../core/plan/index.ts'
import type { ConfigurationRequest } from '../../../core/render/index.ts'
import { roleTexts } from './role-texts.ts'
import type { Session } from './session.ts'

/** A peer's small files in some standings, to be installed. */
export function roleFiles(
  session: Pick<Session, 'fleet' | 'sources' | 'installed'>,
  request: ConfigurationRequest,
): Result<RoleFiles, readonly Problem[]> {
  const files = roleTexts(session, request)
  if (!files.ok) return files
  return ok(new Map(files.value.map(({ path, content, mode }) => [path, { content, mode }])))
}
