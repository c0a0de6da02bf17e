import { statSync, utimesSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Failure, fail, ok, type Result } from '../../../core/base/index.ts'
import type { TouchRequest } from '../host.ts'
import { TOUCHES_MAX } from '../limits.ts'
import { errnoOf, fileFailure, isMissing } from './file-failure.ts'
import { inSlices } from './slices.ts'
import { tooMany } from './too-many.ts'

/** `Host.touch` for this machine: all that can be touched are, and the first that can't is the failure. */
export async function touchFiles(server: string, request: TouchRequest): Promise<Result<void, Failure>> {
  const { folder, paths } = request
  if (paths.length > TOUCHES_MAX)
    return fail(tooMany(server, `touches of ${paths.length} files`, TOUCHES_MAX))
  let first: Failure | undefined
  for await (const slice of inSlices(paths))
    for (const path of slice) first ??= touchFile(server, resolve(folder, path))
  return first === undefined ? ok(undefined) : fail(first)
}

function touchFile(server: string, path: string): Failure | undefined {
  const now = new Date()
  try {
    // Asking first is cheaper than catching, and most zones have no journal.
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined
    utimesSync(path, now, now)
    return undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    if (errnoOf(error) === undefined) throw error
    return fileFailure({ server, verb: 'touch', path }, error)
  }
}
