import { openOwn } from '../../io/hosts/index.ts'
import type { JournalCopy } from '../../io/journal/index.ts'
import { batonFolder } from '../../io/observe/index.ts'
import type { Session } from './session.ts'

/** Where runs are recorded: beside the fleet file, and on every peer that is not left out. */
export function journalCopies(
  session: Pick<Session, 'fleet' | 'links'>,
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
