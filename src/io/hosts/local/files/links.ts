import { lstatSync } from 'node:fs'
import { type Failure, fail, ok, type Result } from '../../../../core/base/index.ts'
import { LINKS_MAX } from '../../limits.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { tooMany } from './too-many.ts'

/** `Host.links` for this machine. */
export function findLinks(server: string, paths: readonly string[]): Result<readonly string[], Failure> {
  if (paths.length > LINKS_MAX) return fail(tooMany(server, `links among ${paths.length} files`, LINKS_MAX))
  const links: string[] = []
  for (const path of paths) {
    try {
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) links.push(path)
    } catch (error) {
      if (isMissing(error)) continue
      if (errnoOf(error) === undefined) throw error
      return fail(fileFailure({ server, verb: 'look at', path }, error))
    }
  }
  return ok(links)
}
