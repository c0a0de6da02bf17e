import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import type { Server } from '../../core/fleet/index.ts'
import type { Host } from './host.ts'
import { HOST_DEADLINE_MS, limitHost } from './limit-host.ts'
import { localHost } from './local/local-host.ts'

export type HostOptions = {
  /** How long one operation may take, in milliseconds; `HOST_DEADLINE_MS` by default. */
  readonly deadlineMs?: number | undefined
}

/**
 * How long one operation on the operator's own files may take, in milliseconds: they are few and small, and whoever waits for them may
 * have stopped a server's writes.
 */
const OWN_DEADLINE_MS = 5_000

/** The files of the machine on which Baton runs, by the name that failures are to call it. */
export function openOwn(name: string): Host {
  return limitHost(localHost(name), OWN_DEADLINE_MS)
}

/** The host of a server of the fleet, by how it is reached. */
export function openHost(
  server: Server,
  { deadlineMs = HOST_DEADLINE_MS }: HostOptions = {},
): Result<Host, Failure> {
  switch (server.reach.kind) {
    case 'local':
      return ok(limitHost(localHost(server.name), deadlineMs))
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
