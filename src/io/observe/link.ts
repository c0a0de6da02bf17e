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
import {
  type Control,
  type ControlTarget,
  DnsClient,
  type Endpoint,
  openControl,
  ZoneNames,
} from '../net/index.ts'
import type { LookWatch } from './attend.ts'
import { formerControlKeys } from './control-keys.ts'
import { openControlLink } from './control-link.ts'

/** How long one question to a server may take, in milliseconds; a reconfig of many zones holds answers back. */
export const QUESTION_DEADLINE_MS = 30_000

/** The same for whoever only wants to see: a person who looks at a hung server should not wait half a minute for it. */
export const LOOK_DEADLINE_MS = 5_000

/** How long one order may take, in milliseconds: a reconfig of 100,000 zones keeps named from answering. */
const COMMAND_DEADLINE_MS = 120_000

/** How long is waited for a server. */
export type Limits = {
  /** For one question, connecting included, in milliseconds. */
  readonly questionMs: number
  /** For one command that changes the server, in milliseconds. */
  readonly commandMs: number
}

/** Everything through which one server is reached. Connections are made when first needed, and kept. */
export type ServerLink = {
  readonly server: Server
  readonly host: Host
  readonly dns: DnsClient
  /** How to connect to one of its channels. Nobody connects to an address that the fleet names in another way. */
  readonly dial: Dial
  /** How long a command that changes the server may take, in milliseconds. */
  readonly commandMs: number
  /** What is asked through it without a deadline of its own has that of a question. */
  readonly control: () => Promise<Result<Control, Failure>>
  /** One more control connection, for many questions at once; whoever opens it ends it. */
  readonly openControl: () => Promise<Result<Control, Failure>>
}

/** Where the channels of a server are reached; not every server has a statistics channel. */
export type Endpoints = {
  readonly dns: Endpoint
  readonly control: Endpoint
  readonly statistics: Endpoint | undefined
}

export type Dial = <Channel extends keyof Endpoints>(channel: Channel) => Endpoints[Channel]

/** The links of a whole fleet. */
export type FleetLinks = {
  readonly fleet: Fleet
  readonly keys: ReadonlyMap<string, SharedKey>
  readonly clock: Clock
  /** How long one question may take, in milliseconds. */
  readonly questionMs: number
  /** Who is told which servers are being waited for. */
  readonly lookWatch: LookWatch | undefined
  /** Of all zones that a server has listed, kept once for all servers and all looks. */
  readonly zoneNames: ZoneNames
  /** In the order of the fleet. */
  readonly servers: readonly ServerLink[]
  /** The same connections, with other limits for whatever goes through them. */
  readonly within: (limits: Partial<Limits>) => FleetLinks
  readonly close: () => Promise<void>
}

export type LinkOptions = Doors & {
  readonly fleet: Fleet
  /** Every key of the fleet by name. */
  readonly keys: ReadonlyMap<string, SharedKey>
  readonly clock: Clock
  /** How long one question may take, in milliseconds; `QUESTION_DEADLINE_MS` by default. */
  readonly questionMs?: number | undefined
  readonly lookWatch?: LookWatch | undefined
}

/** The ways in to a server. The crash tests go through doors behind which a process dies. */
export type Doors = {
  /** Lead to a server's channels, through a tunnel for one; by default to the addresses that the fleet names. */
  readonly endpointsOf?: ((server: Server) => Endpoints) | undefined
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
  const { fleet, questionMs = QUESTION_DEADLINE_MS } = options
  const connections: Connection[] = []
  for (const server of fleet.servers) {
    const host = (options.openHost ?? openHost)(server)
    if (!host.ok) return host
    connections.push(connectionTo(server, host.value, options))
  }
  const shared = { ...options, zoneNames: new ZoneNames() }
  return ok(linksOver(connections, shared, { questionMs, commandMs: COMMAND_DEADLINE_MS }))
}

function linksOver(
  connections: readonly Connection[],
  { fleet, keys, clock, lookWatch, zoneNames }: LinkOptions & Pick<FleetLinks, 'zoneNames'>,
  limits: Limits,
): FleetLinks {
  const options = { fleet, keys, clock, lookWatch, zoneNames }
  return {
    ...options,
    questionMs: limits.questionMs,
    servers: connections.map(connection => linkOver(connection, limits)),
    within: change => linksOver(connections, options, { ...limits, ...change }),
    async close() {
      await Promise.all(connections.map(connection => connection.end()))
    },
  }
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

/** What is kept open to a server, whatever the limits of those who ask through it. */
type Connection = Pick<ServerLink, 'server' | 'host' | 'dns' | 'dial'> & {
  /** The one that all share. */
  readonly control: (deadlineMs: number) => Promise<Result<Control, Failure>>
  readonly openControl: (deadlineMs: number) => Promise<Result<Control, Failure>>
  readonly end: () => Promise<void>
}

function linkOver(connection: Connection, { questionMs, commandMs }: Limits): ServerLink {
  const { server, host, dns, dial } = connection
  const limited = (opened: Result<Control, Failure>) =>
    opened.ok ? ok(limitQuestions(opened.value, questionMs)) : opened
  return {
    server,
    host,
    dns,
    dial,
    commandMs,
    control: async () => limited(await connection.control(questionMs)),
    openControl: async () => limited(await connection.openControl(questionMs)),
  }
}

function limitQuestions(control: Control, questionMs: number): Control {
  return {
    target: control.target,
    ask: (command, deadlineMs = questionMs) => control.ask(command, deadlineMs),
    livesMs: () => control.livesMs(),
    end: () => control.end(),
  }
}

function connectionTo(server: Server, host: Host, options: LinkOptions): Connection {
  const { keys, clock } = options
  const endpoints = (options.endpointsOf ?? endpointsNamed)(server)
  const dial: Dial = channel => endpoints[channel]
  const dns = new DnsClient(dial('dns'))
  let control: Promise<Result<Control, Failure>> | undefined
  const open = async (deadlineMs: number): Promise<Result<Control, Failure>> => {
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
    const open = options.openControl ?? openControl
    return openControlLink({
      key,
      former: () => formerControlKeys(host, server, key),
      open: candidate =>
        open({ server: server.name, endpoint: dial('control'), key: candidate }, { clock, deadlineMs }),
    })
  }
  return {
    server,
    host,
    dns,
    dial,
    openControl: open,
    async control(deadlineMs) {
      control ??= open(deadlineMs)
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

function endpointsNamed({ dns, control: { address, port }, statistics }: Server): Endpoints {
  return { dns, control: { address, port }, statistics }
}
