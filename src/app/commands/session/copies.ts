import type { Fleet } from '../../../core/fleet/index.ts'
import { openOwn } from '../../../io/hosts/index.ts'
import type { JournalCopy } from '../../../io/journal/index.ts'
import { batonFolder, type FleetLinks } from '../../../io/observe/index.ts'

/** Where runs are recorded: beside the fleet file, and on every peer that is not left out. */
export function journalCopies(
  session: { readonly fleet: Fleet; readonly links: FleetLinks },
  without: readonly string[],
): readonly JournalCopy[] {
  const peers = session.links.servers.filter(
    ({ server }) => server.kind === 'peer' && !without.includes(server.name),
  )
  return [
    { name: 'here', files: openOwn('here'), folder: `${session.fleet.folder}/.baton`, locked: false },
    ...peers.map(({ server, host }) => ({
      name: server.name,
      files: host,
      folder: batonFolder(server),
      locked: true,
    })),
  ]
}
