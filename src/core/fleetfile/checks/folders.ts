import { isManaged, type Server } from '../../fleet/index.ts'
import type { Finding } from '../finding.ts'
import type { FleetCheck } from './check.ts'

/** No two servers that Baton writes to share a folder: one would overwrite the other. */
export const checkFolders: FleetCheck = ({ fleet }) => {
  const written = fleet.servers.filter(isManaged)
  return [
    ...findShared(written, { setting: 'folder', of: server => server.paths.configuration }),
    ...findShared(written, { setting: 'directory', of: server => server.paths.directory }),
  ]
}

type Folder = { readonly setting: 'folder' | 'directory'; readonly of: (server: Server) => string }

function findShared(servers: readonly Server[], folder: Folder): Finding[] {
  const taken = new Map<string, string>()
  return servers.flatMap(server => {
    const machine = server.reach.kind === 'ssh' ? server.reach.destination : 'this machine'
    const place = `${folder.of(server)} on ${machine}`
    const earlier = taken.get(place)
    if (earlier === undefined) {
      taken.set(place, server.name)
      return []
    }
    return [
      {
        code: 'fleet.folder-taken',
        severity: 'error',
        path: ['servers', server.name, folder.setting],
        about: 'value',
        message: `\`${server.name}\` cannot have the ${folder.setting} ${place}: \`${earlier}\` has it.`,
        remedy:
          server.reach.kind === 'local'
            ? `If they are on different machines, say which with \`ssh\`; else give each its own \`${folder.setting}\`.`
            : `Give each its own \`${folder.setting}\`.`,
      },
    ]
  })
}
