import * as z from 'zod/mini'
import { parseDomainName } from '../base/index.ts'
import { policySchema } from './policy-schema.ts'
import { formsError, name, path } from './schema-parts.ts'
import { serverDefaultsSchema, serverSchema } from './server-schema.ts'
import { readBy, setting } from './setting.ts'

/** A command asks every server at once; more than this is another fleet. */
const SERVERS_MAX = 200
const VIEWS_MAX = 100
const GROUPS_MAX = 200
const SETS_MAX = 100
const KEYS_MAX = 500

const marker = readBy(text => {
  const result = parseDomainName(text)
  return result.ok && result.value !== '.'
    ? result
    : { ok: false, error: 'is not a domain name below the root' }
})

/** A file for a fleet without views, or a file for each view. */
const zones = () =>
  z.union(
    [path(), mapping(path(), VIEWS_MAX)],
    formsError('A file of zones is expected, or a mapping of views to such files.'),
  )

const group = z.strictObject({
  follows: setting(z.array(z.string()).check(z.minLength(1)), {
    description:
      'The peers that the secondaries of this group transfer from, the one to ask first at the beginning. Name every peer, so that a switch needs no change on a secondary.',
    examples: [['ns1', 'ns2']],
  }),
})

const view = z.strictObject({
  key: z.optional(
    setting(z.string(), {
      description:
        "A key of `keys` that the `match-clients` of this view names. Signing with it is how Baton's questions, and transfers, reach this view.",
      examples: ['view-internal'],
    }),
  ),
})

const zoneSet = z.strictObject({
  zones: setting(zones(), {
    description: 'The zones of this set: a BIND file of zone blocks, or a mapping of views to such files.',
    examples: ['./customers.conf', { internal: './customers-internal.conf' }],
  }),
  'first-active': setting(z.string(), {
    description: 'The peer that is active for this set while no server has a term yet.',
    examples: ['ns1'],
  }),
})

/** `baton.yaml` as it is written. What is optional here gets its default when the fleet is composed. */
export const documentSchema = setting(
  z.strictObject({
    fleet: setting(name(), {
      description:
        'The name of the fleet. It stands in every marker and state file, so that no server of another fleet is touched.',
      examples: ['example'],
    }),
    marker: z.prefault(
      setting(marker, {
        description:
          'Origin of the marker zone, which answers which role a peer is in, and its term. A zone set other than `default` has its marker at `SET.MARKER`.',
        examples: ['standby-mode', 'baton.example.com'],
      }),
      'standby-mode',
    ),
    zones: z.optional(
      setting(zones(), {
        description:
          'The zones that the peers share, as the active peer has them: a BIND file of zone blocks, or, with `views`, a mapping of views to such files. With `zone-sets` it is said there.',
        examples: ['./zones.conf', { internal: './internal.conf', external: './external.conf' }],
      }),
    ),
    'first-active': z.optional(
      setting(z.string(), {
        description:
          'The peer that is active while no server has a term yet: the one that is primary today. With `zone-sets` it is said there.',
        examples: ['ns1'],
      }),
    ),
    'zone-sets': z.optional(
      setting(mapping(zoneSet, SETS_MAX), {
        description:
          'Several sets of zones, each with its own active peer. Excludes `zones` and `first-active` at the top.',
        examples: [{ customers: { zones: './customers.conf', 'first-active': 'ns1' } }],
      }),
    ),
    shared: z.optional(
      setting(path(), {
        description:
          'A BIND file with what the zones refer to (acl, key, dnssec-policy, tls, primaries statements), alike on all servers.',
        examples: ['./shared.conf'],
      }),
    ),
    keys: setting(mapping(path(), KEYS_MAX), {
      description:
        'Keys by name. Each file holds one key statement, as `tsig-keygen` prints it; secrets are never in the fleet file.',
      examples: [{ transfer: './keys/transfer.key', rndc: './keys/rndc.key' }],
    }),
    views: z.optional(
      setting(mapping(view, VIEWS_MAX), {
        description: 'The views, in the order in which named matches them.',
        examples: [{ internal: { key: 'view-internal' }, external: { key: 'view-external' } }],
      }),
    ),
    groups: z.optional(
      setting(mapping(group, GROUPS_MAX), {
        description: 'Secondaries that follow the same peers in the same order.',
        examples: [{ east: { follows: ['ns1', 'ns2'] }, west: { follows: ['ns2', 'ns1'] } }],
      }),
    ),
    'server-defaults': z.optional(
      setting(serverDefaultsSchema, {
        description: 'What holds for every server that does not say otherwise.',
        examples: [{ user: 'bind', statistics: 8053 }],
      }),
    ),
    servers: setting(mapping(serverSchema, SERVERS_MAX), {
      description: 'The servers by name, each one `named` process, in the order in which they are shown.',
      examples: [{ ns1: { kind: 'peer', address: '192.0.2.1' } }],
    }),
    fence: z.optional(
      setting(path(), {
        description:
          'A program that makes sure that a server takes no more writes: it cuts the power, the network or the virtual machine. `baton failover` runs it on the machine where Baton runs, without a shell, with the name of the server as its only argument; it must exit with 0 once the server is known to be out, within 60 seconds. What it leaves in the background is not waited for; when it is late, and at Ctrl-C, it is ended with all that it started.',
        examples: ['./fence'],
      }),
    ),
    policy: z.prefault(
      setting(policySchema, {
        description: 'What the fleet decides once for all its zones and operations.',
        examples: [{ 'notify-delay': '1s' }],
      }),
      {},
    ),
  }),
  {
    description: 'A fleet of BIND 9 servers between which Baton passes the primary role.',
    oneOf: [{ required: ['zones', 'first-active'] }, { required: ['zone-sets'] }],
  },
)

/** `baton.yaml`, each value read, nothing yet looked up or defaulted. */
export type FleetDocument = z.infer<typeof documentSchema>
export type ServerDocument = FleetDocument['servers'][string]

function mapping<Value extends z.ZodMiniType>(value: Value, entriesMax: number) {
  return z.record(name(), value).check(
    z.refine(entries => Object.keys(entries).length <= entriesMax, {
      error: `At most ${entriesMax} entries are allowed here.`,
    }),
  )
}
