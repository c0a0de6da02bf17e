import {
  type Clock,
  type Failure,
  fail,
  failure,
  ok,
  type Result,
  type SharedKey,
} from '../../core/base/index.ts'
import type { Fleet, Server } from '../../core/fleet/index.ts'
import { type Host, openHost } from '../hosts/index.ts'
import { type Control, type ControlTarget, DnsClient, openControl } from '../net/index.ts'
import { formerControlKeys } from './control-keys.ts'
import { openControlLink } from './control-link.ts'

/** How long one question to a server may take, in milliseconds; a reconfig of many zones holds answers back. */
export const QUESTION_DEADLINE_MS = 30_000

/** The same for whoever only wants to see: a person who looks at a hung server should not wait half a minute for it. */
export const LOOK_DEADLINE_MS = 5_000

/** Everything through which one server is reached. Connections are made when first needed, and kept. */
export type ServerLink = {
  readonly server: Server
  readonly host: Host
  readonly dns: DnsClient
  readonly control: () => Promise<Result<Control, Failure>>
  /** One more control connection, for many questions at once; whoever opens it ends it. */
  readonly openControl: () => Promise<Result<Control, Failure>>
}

/** The links of a whole fleet. */
export type FleetLinks = {
  readonly fleet: Fleet
  readonly keys: ReadonlyMap<string, SharedKey>
  readonly clock: Clock
  /** How long one question may take, in milliseconds. */
  readonly questionMs: number
  /** In the order of the fleet. */
  readonly servers: readonly ServerLink[]
  readonly close: () => Promise<void>
}

export type LinkOptions = Doors & {
  readonly fleet: Fleet
  /** Every key of the fleet by name. */
  readonly keys: ReadonlyMap<string, SharedKey>
  readonly clock: Clock
  /** How long one question may take, in milliseconds; `QUESTION_DEADLINE_MS` by default. */
  readonly questionMs?: number | undefined
}

/** The two ways in by which a server is changed. The crash tests go through doors behind which a process dies. */
export type Doors = {
  /** Leads to a server's files; by default as the fleet says that it is reached. */
  readonly openHost?: ((server: Server) => Result<Host, Failure>) | undefined
  /** Leads to a server's control channel; by default a connection of its own. */
  readonly openControl?: OpenControl | undefined
}

export type OpenControl = (
  target: ControlTarget,
  options: { readonly clock: Clock; readonly deadlineMs: number },
) => Promise<Result<Control, Failure>>

export function openLinks(options: LinkOptions): Result<FleetLinks, Failure> {
  const { fleet, keys, clock, questionMs = QUESTION_DEADLINE_MS } = options
  const links: (ServerLink & { end: () => Promise<void> })[] = []
  for (const server of fleet.servers) {
    const host = (options.openHost ?? openHost)(server)
    if (!host.ok) return host
    links.push(linkTo(server, host.value, options))
  }
  const close = async () => {
    await Promise.all(links.map(link => link.end()))
  }
  return ok({ fleet, keys, clock, questionMs, servers: links, close })
}

/** The link of a server that the fleet has. */
export function linkOf(links: FleetLinks, server: string): ServerLink {
  const link = links.servers.find(candidate => candidate.server.name === server)
  if (link === undefined) throw new Error(`no link to ${server}`)
  return link
}

/** The key that signs transfers and questions about markers. */
export function fleetKey(links: FleetLinks): SharedKey | undefined {
  return links.keys.get(links.fleet.policy.transferKey)
}

function linkTo(server: Server, host: Host, options: LinkOptions) {
  const { keys, clock, questionMs = QUESTION_DEADLINE_MS } = options
  const dns = new DnsClient(server.dns)
  let control: Promise<Result<Control, Failure>> | undefined
  const open = async (): Promise<Result<Control, Failure>> => {
    const key = keys.get(server.control.key)
    if (key === undefined)
      return fail(
        failure({
          code: 'fleet.unknown-name',
          subject: server.name,
          because: `the fleet has no key ${server.control.key}`,
          remedy: 'Name a key under `keys` in baton.yaml.',
        }),
      )
    const { address, port } = server.control
    const open = options.openControl ?? openControl
    return openControlLink({
      key,
      former: () => formerControlKeys(host, server, key),
      open: candidate =>
        open(
          { server: server.name, endpoint: { address, port }, key: candidate },
          { clock, deadlineMs: questionMs },
        ),
    })
  }
  return {
    server,
    host,
    dns,
    openControl: open,
    async control() {
      control ??= open()
      const opened = await control
      // A server that was down may be up the next time it is asked.
      if (!opened.ok) control = undefined
      return opened
    },
    async end() {
      dns.close()
      const opened = await control
      if (opened?.ok) opened.value.end()
      await host.close()
    },
  }
}
