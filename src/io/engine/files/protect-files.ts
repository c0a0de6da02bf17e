import type { Failure, Result } from '../../../core/base/index.ts'
import { ownFolder, type ServerHolds, type ServerLink } from '../../observe/index.ts'

/** Gives what root executes or installs on a server to root, or to whom all of it runs as. */
export function protectFiles(
  { host, server }: ServerLink,
  holds: ServerHolds | undefined,
): Promise<Result<void, Failure>> {
  return host.protect(ownFolder(server, holds))
}

/** A configuration may hold keys. */
const CONFIGURATION_MODE = 0o640

/** What named reads on a server now or in another role, by path and mode. */
export function configurationsOf({ server: { kind, paths } }: ServerLink): ServerHolds['files'] {
  const names = kind === 'peer' ? ['named.active.conf', 'named.conf', 'named.standby.conf'] : ['named.conf']
  return names.map(name => ({ path: `${paths.configuration}/${name}`, mode: CONFIGURATION_MODE }))
}
