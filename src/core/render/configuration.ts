import { invariant } from '../base/index.ts'
import { type Fleet, markerOf, type Server } from '../fleet/index.ts'
import { appendStatement, blockOf, type Edit, keywordOf, type Statement } from '../namedconf/index.ts'
import { type Base, findView } from './base/base.ts'
import { printLists, transferKeyOf } from './base/server-lists.ts'
import { joinLines, quoteString } from './conf-text.ts'
import { layoutOf, type ZonePart, type ZonesFolder } from './layout.ts'
import type { Role } from './rendered.ts'
import { printEdited } from './zones/active-zones.ts'
import { partsOf } from './zones/zone-parts.ts'

/** Zone set → the role that a peer's configuration gives it. A secondary's has none. */
export type Roles = ReadonlyMap<string, Role>

/** What a configuration is put together for. */
export type Composition = {
  readonly roles: Roles
  /** The zone set that is primary here and takes no update but Baton's; its marker keeps to its role. */
  readonly closed?: string | undefined
  /** Servers that are gone, so that nobody waits for them: nothing is transferred from them. */
  readonly absent?: readonly string[] | undefined
}

/**
 * The text that named reads on a server: the operator's base with what is missing put in and nothing moved, the
 * fleet's keys and lists before it, markers and zones behind it, or in their views.
 */
export function printConfiguration(fleet: Fleet, base: Base, composition: Composition): string {
  const parts = partsOf(fleet, base.server)
  const additions = { fleet, server: base.server, ...composition, parts }
  const present = withoutServers(fleet, composition.absent ?? [])
  const body = printEdited(base.source, statement => editBase(statement, base, additions))
  const withoutViews = fleet.views.length === 0
  return joinLines([
    ...printHeader(additions),
    '',
    `include ${quoteString(layoutOf(fleet, base.server).shared)};`,
    ...parts.flatMap(part => printLists(present, base.server, part)),
    ...(base.options === undefined
      ? ['', 'options {', ...missingOptions(additions, []).map(indent), '};']
      : []),
    '',
    body.trimEnd(),
    ...(withoutViews ? ['', ...printZones(additions, undefined)] : []),
  ])
}

/** The fleet as it is for those that are left. */
export function withoutServers(fleet: Fleet, absent: readonly string[]): Fleet {
  return absent.length === 0
    ? fleet
    : { ...fleet, servers: fleet.servers.filter(({ name }) => !absent.includes(name)) }
}

type Additions = Composition & {
  readonly fleet: Fleet
  readonly server: Server
  readonly parts: readonly ZonePart[]
}

/** The comment at the top of a configuration. */
export function printHeader({ fleet, server, roles, closed }: Omit<Additions, 'parts'>): readonly string[] {
  const layout = layoutOf(fleet, server)
  const first = `# Written by Baton for ${server.name}: ${layout.base} with the zones of the fleet`
  if (server.kind === 'secondary') return [`${first}.`, '# Changes here are overwritten.']
  const distinct = [...new Set(roles.values())]
  const role =
    distinct.length === 1 ? `all ${distinct[0]}` : [...roles].map(pair => pair.join(' ')).join(', ')
  return [
    `${first}, ${role}.`,
    ...(closed === undefined
      ? []
      : [
          `# The zone set ${closed} is closed: primary, and updated by nobody but Baton, which is in a failover.`,
        ]),
    '# Changes here are overwritten. named reads named.conf, which is a copy of one of these files. To change the role by hand:',
    ...(['active', 'standby'] as const).map(
      each => `#   cp ${layout.roleConfiguration(each)} ${layout.configuration} && rndc reconfig`,
    ),
  ]
}

function editBase(statement: Statement, base: Base, additions: Additions): readonly Edit[] {
  const block = blockOf(statement)
  if (block === undefined) return []
  if (statement === base.options) {
    const missing = missingOptions(additions, block.statements)
    return missing.map(text => appendStatement(block, text))
  }
  const view = additions.fleet.views.find(({ name }) => findView(base, name) === statement)
  return view === undefined ? [] : [appendStatement(block, printZones(additions, view.name).join('\n'))]
}

/** What the options must say, as far as they do not: where files are, and that many servers keep up with many zones. */
function missingOptions({ fleet, server }: Additions, written: readonly Statement[]): readonly string[] {
  const { policy } = fleet
  const wanted = [
    ['directory', quoteString(server.paths.directory)],
    ['notify-rate', policy.notifyRate],
    ['startup-notify-rate', policy.notifyRate],
    ['serial-query-rate', policy.notifyRate],
    ['multi-master', 'yes'],
    ['allow-notify', `{ ${allNotifiers(fleet).join(' ')} }`],
  ] as const
  const keywords = new Set(written.map(keywordOf))
  return wanted.filter(([option]) => !keywords.has(option)).map(([option, value]) => `${option} ${value};`)
}

/** Whoever signs with a key of the fleet may notify, whatever address a server with several sends from. */
function allNotifiers(fleet: Fleet): readonly string[] {
  const keys = new Set(
    [undefined, ...fleet.views.map(view => view.name)].map(view => transferKeyOf(fleet, view)),
  )
  return [...keys].map(key => `key ${quoteString(key)};`)
}

/** What stands in a view, or behind the base of a server without views: the markers, and the zones' files. */
function printZones(additions: Additions, view: string | undefined): readonly string[] {
  const { fleet, server, roles, parts } = additions
  const layout = layoutOf(fleet, server)
  const markers =
    view === fleet.views[0]?.name ? [...roles].flatMap(set => printMarkerZone(additions, set)) : []
  const files = parts
    .filter(part => part.view === view)
    .map(part => layout.zones(zonesFolder(server, additions, part), part))
  return [...markers, ...files.map(file => `include ${quoteString(file)};`)]
}

/** Where the zone blocks are that a configuration includes for a part. */
export function zonesFolder(server: Server, { roles, closed }: Composition, { set }: ZonePart): ZonesFolder {
  if (server.kind === 'secondary') return 'zones'
  return set === closed ? 'closed' : roleIn(roles, set)
}

function roleIn(roles: Roles, set: string): Role {
  const role = roles.get(set)
  invariant(role !== undefined, 'a peer has a role for every set it holds')
  return role
}

/** The zone that says which configuration is installed, to holders of the fleet's key alone. */
function printMarkerZone(
  { fleet, server }: Additions,
  [set, role]: readonly [string, Role],
): readonly string[] {
  const askers = new Set([fleet.policy.transferKey, transferKeyOf(fleet, fleet.views[0]?.name)])
  return [
    `zone ${quoteString(markerOf(fleet, set))} {`,
    ...[
      'type primary;',
      `file ${quoteString(layoutOf(fleet, server).marker(role, set))};`,
      'masterfile-format text;',
      `allow-query { ${[...askers].map(key => `key ${quoteString(key)};`).join(' ')} };`,
      'allow-transfer { none; };',
      'allow-update { none; };',
      'dnssec-policy none;',
      'notify no;',
    ].map(indent),
    '};',
  ]
}

function indent(line: string): string {
  return `\t${line}`
}
