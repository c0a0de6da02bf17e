import { closeSync, fstatSync, futimesSync, openSync, utimesSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Failure, fail, ok, type Result } from '../../../../core/base/index.ts'
import type { TouchRequest } from '../../host.ts'
import { TOUCHES_MAX } from '../../limits.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { READING, requireRegular } from './regular-file.ts'
import { type Located, refuseBorrowed, type SafePaths, withSafePaths } from './safe-paths.ts'
import { inSlices } from './slices.ts'
import { tooMany } from './too-many.ts'

/** `Host.touch` for this machine: all that can be touched are, and the first that can't is the failure. */
export async function touchFiles(server: string, request: TouchRequest): Promise<Result<void, Failure>> {
  const { folder, paths } = request
  if (paths.length > TOUCHES_MAX)
    return fail(tooMany(server, `touches of ${paths.length} files`, TOUCHES_MAX))
  let first: Failure | undefined
  await withSafePaths(async safe => {
    for await (const slice of inSlices(paths))
      for (const path of slice) {
        const failed = touchFile({ server, safe }, resolve(folder, path))
        first ??= failed
      }
  })
  return first === undefined ? ok(undefined) : fail(first)
}

type Touching = { readonly server: string; readonly safe: SafePaths }

function touchFile({ server, safe }: Touching, path: string): Failure | undefined {
  try {
    const located = safe.find(path)
    if (located !== undefined) touchLocated(located)
    return undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    if (errnoOf(error) === undefined) throw error
    return fileFailure({ server, verb: 'touch', path }, error)
  }
}

/** Root sets the time of the very file that it looked at; whoever is not root may be allowed to touch what they may not read. */
function touchLocated(located: Located): void {
  const now = new Date()
  if (located.flags === 0) {
    utimesSync(located.at, now, now)
    return
  }
  const descriptor = openSync(located.at, READING | located.flags)
  try {
    const stats = fstatSync(descriptor)
    requireRegular(stats)
    refuseBorrowed(stats, located)
    futimesSync(descriptor, now, now)
  } finally {
    closeSync(descriptor)
  }
}
