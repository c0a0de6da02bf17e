import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import type { Host } from './host.ts'
import { localHost } from './local/local-host.ts'

/** The host of a server of the fleet, by how it is reached. */
export function openHost(server: Server): Result<Host, Failure> {
  switch (server.reach.kind) {
    case 'local':
      return ok(localHost(server.name))
    case 'ssh':
      return fail(
        failure({
          code: 'hosts.ssh-not-yet',
          subject: server.name,
          because: `${server.name} is reached by SSH (${server.reach.destination}), which this release does not know`,
          remedy: 'Run Baton on the server itself, or leave `ssh` of the server out of baton.yaml.',
        }),
      )
  }
}
