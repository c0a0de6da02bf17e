import type { Failure, Result } from '../../core/base/index.ts'
import type { RenderedServer } from '../../core/render/index.ts'
import { ownFolder, type ServerLink } from '../observe/index.ts'

/** Gives what root executes or installs on a server to root, or to whom all of it runs as. */
export function protectFiles(
  { host, server }: ServerLink,
  rendered: RenderedServer | undefined,
): Promise<Result<void, Failure>> {
  return host.protect(ownFolder(server, rendered))
}
