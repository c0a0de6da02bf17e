import { Document, visit } from 'yaml'
import { LAB_KEYS } from './keys.ts'
import { labServerPaths } from './layout.ts'
import type { LabPlan } from './plan.ts'
import { LAB_ADDRESS } from './ports.ts'
import type { LabServer } from './record.ts'

/** What `baton.yaml` of a lab says. */
export type LabFleet = {
  readonly folder: string
  readonly name: string
  readonly plan: LabPlan
  readonly servers: readonly LabServer[]
}

/** The text of `baton.yaml`. */
export function fleetText(fleet: LabFleet): string {
  const document = new Document({
    fleet: fleet.name,
    zones: './zones.conf',
    'first-active': fleet.plan.peers[0],
    shared: './shared.conf',
    keys: Object.fromEntries(LAB_KEYS.map(name => [name, `./keys/${name}.key`])),
    policy: { 'transfer-key': 'transfer' },
    groups: Object.fromEntries(fleet.plan.groups.map(group => [group.name, { follows: group.follows }])),
    'server-defaults': { rndc: { key: 'rndc' } },
    servers: Object.fromEntries(
      fleet.servers.map(server => [server.name, serverEntry(fleet.folder, server)]),
    ),
  })
  document.commentBefore = ' A lab: servers of this machine, for practice. Keys and ports are its own.'
  visit(document, {
    Seq(_, list) {
      list.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function serverEntry(folder: string, server: LabServer): Record<string, unknown> {
  const paths = labServerPaths(folder, server.name)
  return {
    kind: server.kind,
    ...(server.group === undefined ? {} : { group: server.group, managed: true }),
    address: LAB_ADDRESS,
    port: server.dns.port,
    rndc: { port: server.control.port },
    statistics: server.statistics.port,
    folder: paths.configuration,
    directory: paths.directory,
    base: `./base/${server.name}.conf`,
  }
}
