import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Failure, Result } from '../../core/base/index.ts'
import { onDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import type { Lab, LabServer } from './record.ts'

/** The peers whose active configuration is the installed one. */
export function installedActives(lab: Lab): Result<readonly LabServer[], Failure> {
  const peers = lab.servers.filter(server => server.kind === 'peer')
  return onDisk(lab.folder, () =>
    peers.filter(peer => {
      const { configuration, namedConf } = labServerPaths(lab.folder, peer.name)
      return readFileSync(join(configuration, 'named.active.conf')).equals(readFileSync(namedConf))
    }),
  )
}
