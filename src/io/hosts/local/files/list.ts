import { readdir } from 'node:fs/promises'
import type { Failure, Result } from '../../../../core/base/index.ts'
import { attempt } from './attempt.ts'
import { errnoOf } from './file-failure.ts'

/** `Host.list` for this machine. */
export function listFolder(server: string, folder: string): Promise<Result<readonly string[], Failure>> {
  return attempt({ server, verb: 'list', path: folder }, async () => {
    const names = await namesIn(folder)
    return names.sort()
  })
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}
