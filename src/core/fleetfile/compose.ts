import { joinPath } from '../base/index.ts'
import {
  type ControlChannel,
  DEFAULT_SET,
  type Endpoint,
  type Fleet,
  SERVER_DEFAULTS,
  type Server,
  type ServerBase,
  type ZoneSet,
} from '../fleet/index.ts'
import type { FleetDocument, ServerDocument } from './schema.ts'

/** Makes the fleet out of a document that its schema accepted: defaults filled in, paths made absolute. */
export function composeFleet(document: FleetDocument, file: string): Fleet {
  const folder = joinPath(file, '..')
  const zoneSets = composeSets(document, folder)
  const { policy } = document
  return {
    name: document.fleet,
    file,
    folder,
    marker: document.marker,
    servers: Object.entries(document.servers).map(([name, server]) =>
      composeServer({ name, server, document, folder, sets: zoneSets.map(set => set.name) }),
    ),
    groups: Object.entries(document.groups ?? {}).map(([name, { follows }]) => ({ name, follows })),
    keys: Object.entries(document.keys).map(([name, path]) => ({ name, file: joinPath(folder, path) })),
    zoneSets,
    views: Object.entries(document.views ?? {}).map(([name, { key }]) => ({ name, key })),
    shared: document.shared === undefined ? undefined : joinPath(folder, document.shared),
    fence: document.fence === undefined ? undefined : joinPath(folder, document.fence),
    policy: {
      transferKey: policy['transfer-key'],
      notifyDelayS: policy['notify-delay'],
      notifyRate: policy['notify-rate'],
      masterfileFormat: policy['masterfile-format'],
      writePauseMaxS: policy['write-pause-max'],
      convergenceMaxS: policy['convergence-max'],
      serialStep: policy['serial-step'],
      clockSkewMaxS: policy['clock-skew-max'],
      freeSpaceMinBytes: policy['free-space-min'],
      keepRuns: policy['keep-runs'],
    },
  }
}

function composeSets(document: FleetDocument, folder: string): ZoneSet[] {
  const top = { zones: document.zones, 'first-active': document['first-active'] }
  const sets = document['zone-sets'] ?? { [DEFAULT_SET]: top }
  return Object.entries(sets).map(([name, set]) => ({
    name,
    firstActive: set['first-active'] ?? '',
    zones: composeSources(set.zones ?? {}, folder),
  }))
}

function composeSources(zones: string | Record<string, string>, folder: string): ZoneSet['zones'] {
  if (typeof zones === 'string') return [{ view: undefined, file: joinPath(folder, zones) }]
  return Object.entries(zones).map(([view, file]) => ({ view, file: joinPath(folder, file) }))
}

type ServerContext = {
  readonly name: string
  readonly server: ServerDocument
  readonly document: FleetDocument
  readonly folder: string
  readonly sets: readonly string[]
}

function composeServer({ name, server, document, folder, sets }: ServerContext): Server {
  const defaults = document['server-defaults'] ?? {}
  const said = { ...defaults, ...server }
  const dns = { address: server.address, port: said.port ?? SERVER_DEFAULTS.dnsPort }
  const base: ServerBase = {
    name,
    dns,
    control: composeControl(server, defaults.rndc),
    statistics: composeStatistics(said.statistics, dns),
    reach: server.ssh === undefined ? { kind: 'local' } : { kind: 'ssh', destination: server.ssh },
    paths: {
      configuration: joinPath('/', said.folder ?? SERVER_DEFAULTS.paths.configuration),
      directory: joinPath('/', said.directory ?? SERVER_DEFAULTS.paths.directory),
    },
    user: said.user,
    base: said.base === undefined ? undefined : joinPath(folder, said.base),
    sets: said.sets ?? sets,
  }
  return server.kind === 'peer'
    ? { kind: 'peer', ...base }
    : { kind: 'secondary', ...base, group: server.group, managed: server.managed ?? true }
}

function composeControl(
  { address, rndc }: ServerDocument,
  defaults: NonNullable<FleetDocument['server-defaults']>['rndc'],
): ControlChannel {
  return {
    address: rndc?.address ?? address,
    port: rndc?.port ?? defaults?.port ?? SERVER_DEFAULTS.controlPort,
    key: rndc?.key ?? defaults?.key ?? SERVER_DEFAULTS.controlKey,
  }
}

function composeStatistics(said: ServerDocument['statistics'], dns: Endpoint): Endpoint | undefined {
  if (said === undefined || said === 'none') return undefined
  if (typeof said === 'number') return { address: dns.address, port: said }
  return { address: said.address ?? dns.address, port: said.port }
}
