import * as z from 'zod/mini'
import { SERVER_DEFAULTS } from '../fleet/index.ts'
import { readDestination, readServerFolder, readUser } from './formats/index.ts'
import { address, formsError, path, port } from './schema-parts.ts'
import { readBy, setting } from './setting.ts'

const dnsAddress = address({
  description: 'Where it answers DNS, and where the other servers transfer from: an IPv4 or IPv6 address.',
  examples: ['192.0.2.1', '2001:db8::1'],
})

const controlPort = z.optional(
  setting(port(), {
    description: 'Port of the rndc control channel.',
    examples: [953],
    default: SERVER_DEFAULTS.controlPort,
  }),
)

const controlKey = z.optional(
  setting(z.string(), {
    description: 'A key of `keys` that the `controls` statement of the server names.',
    examples: ['rndc'],
    default: SERVER_DEFAULTS.controlKey,
  }),
)

const control = z.strictObject({
  address: z.optional(
    address({
      description: 'Address of the control channel, where it is not the address of the server.',
      examples: ['198.51.100.1'],
    }),
  ),
  port: controlPort,
  key: controlKey,
})

const statisticsAddress = address({
  description: 'Address of the statistics channel, where it is not the address of the server.',
  examples: ['198.51.100.1'],
})

const statisticsPort = setting(port(), { description: 'Port of the statistics channel.', examples: [8053] })

/** A port at the server's address, or elsewhere, or none against a default. */
const statistics = z.union(
  [
    port(),
    z.strictObject({ address: z.optional(statisticsAddress), port: statisticsPort }),
    z.literal('none'),
  ],
  formsError('A port is expected, or an address with a port, or `none`.'),
)

/** What a server may leave to `server-defaults`. */
const common = {
  port: z.optional(
    setting(port(), {
      description: 'Port where it answers DNS.',
      examples: [53],
      default: SERVER_DEFAULTS.dnsPort,
    }),
  ),
  statistics: z.optional(
    setting(statistics, {
      description:
        'The statistics channel: its port, or `{address, port}`. Without one, Baton asks zone by zone with DNS, which is slower and says less.',
      examples: [8053, { address: '198.51.100.1', port: 8053 }, 'none'],
      default: 'none',
    }),
  ),
  folder: z.optional(
    setting(readBy(readServerFolder), {
      description: 'Folder on the server where `named.conf` and `baton/` are.',
      examples: ['/etc/bind'],
      default: SERVER_DEFAULTS.paths.configuration,
    }),
  ),
  directory: z.optional(
    setting(readBy(readServerFolder), {
      description: 'Working directory of named, where relative zone files start: its `directory` option.',
      examples: ['/var/cache/bind'],
      default: SERVER_DEFAULTS.paths.directory,
    }),
  ),
  user: z.optional(
    setting(readBy(readUser), {
      description:
        'The user that named runs as: its group may read the files that Baton writes, and the guard reads zones with its rights. The files belong to the user that Baton runs as, root for instance.',
      examples: ['bind', 'named'],
    }),
  ),
  base: z.optional(
    setting(path(), {
      description:
        'A BIND file with what the server has besides the managed zones: options, controls, logging, statistics-channels.',
      examples: ['./ns1.conf'],
    }),
  ),
  sets: z.optional(
    setting(z.array(z.string()).check(z.minLength(1)), {
      description: 'The zone sets that it holds. Without it, all.',
      examples: [['default'], ['customers', 'internal']],
    }),
  ),
}

const own = {
  address: dnsAddress,
  ...common,
  rndc: z.optional(
    setting(control, { description: 'The rndc control channel.', examples: [{ port: 953, key: 'rndc' }] }),
  ),
  ssh: z.optional(
    setting(readBy(readDestination), {
      description:
        "How ssh reaches the machine: a host name, `user@host`, or a name of `~/.ssh/config`. Without it, the server's files are on this machine.",
      examples: ['ns1.example.net', 'admin@192.0.2.1'],
    }),
  ),
}

export const serverDefaultsSchema = z.strictObject({
  ...common,
  rndc: z.optional(
    setting(z.strictObject({ port: controlPort, key: controlKey }), {
      description: 'The rndc control channel.',
      examples: [{ key: 'rndc' }],
    }),
  ),
})

export const serverSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: setting(z.literal('peer'), { description: 'A `peer` can be primary; a `secondary` never is.' }),
      ...own,
    }),
    z.strictObject({
      kind: setting(z.literal('secondary'), {
        description: 'A `peer` can be primary; a `secondary` never is.',
      }),
      group: setting(z.string(), {
        description: 'The group of `groups` whose order it follows.',
        examples: ['east'],
      }),
      managed: z.optional(
        setting(z.boolean(), {
          description: 'Whether Baton writes the configuration of this server, or only watches it.',
          default: true,
          examples: [false],
        }),
      ),
      ...own,
    }),
  ],
  formsError('A server is of the kind `peer` or `secondary`.'),
)
