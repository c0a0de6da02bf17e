import type { FileHandle } from 'node:fs/promises'
import { type Failure, fail, failure, ok, type Result } from '../../../../core/base/index.ts'
import { READ_BYTES_MAX } from '../../limits.ts'
import { attempt } from './attempt.ts'
import { openToRead } from './open-to-read.ts'

/** `Host.read` for this machine. */
export async function readFile(server: string, path: string): Promise<Result<Uint8Array, Failure>> {
  const content = await attempt({ server, verb: 'read', path }, async () => {
    const handle = await openToRead(path)
    try {
      return await readWhole(handle)
    } finally {
      await handle.close()
    }
  })
  if (!content.ok) return content
  if (content.value !== undefined) return ok(content.value)
  return fail(
    failure({
      code: 'hosts.too-large',
      subject: `${server}:${path}`,
      because: `${path} on ${server} is larger than ${READ_BYTES_MAX} bytes`,
      remedy: 'Check that the path is that of a configuration file and not of something else.',
    }),
  )
}

/** Nothing when it is larger than allowed. */
async function readWhole(handle: FileHandle): Promise<Uint8Array | undefined> {
  const stats = await handle.stat()
  return stats.size > READ_BYTES_MAX ? undefined : handle.readFile()
}
