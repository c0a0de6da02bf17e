import { fail, ok, type Result } from '../base/index.ts'
import { type Fleet, markerOf, type Peer, type Server } from '../fleet/index.ts'
import {
  applyEdits,
  bodyOf,
  type Edit,
  findStatement,
  keywordOf,
  parse,
  replaceValue,
  type Statement,
  valuesOf,
} from '../namedconf/index.ts'
import { followersName, listName, printLists } from './base/server-lists.ts'
import { quoteString } from './conf-text.ts'
import { type Composition, printHeader, withoutServers, zonesFolder } from './configuration.ts'
import { layoutOf, type ZonePart } from './layout.ts'
import { partsOf } from './zones/zone-parts.ts'

/** A peer's `named.standby.conf` as it lies there. */
export type InstalledConfiguration = { readonly peer: Peer; readonly text: string }

/**
 * As `printConfiguration`, byte by byte, from what a push left on the peer instead of from the operator's base: only the
 * comment at the top, the paths of what follows a role, and the lists of servers are told anew. The error fits after "because".
 */
export function configurationFrom(
  fleet: Fleet,
  { peer, text }: InstalledConfiguration,
  composition: Composition,
): Result<string, string> {
  const { statements } = parse(text, layoutOf(fleet, peer).roleConfiguration('standby'))
  const within = statements.flatMap(statement =>
    keywordOf(statement) === 'view' ? [statement, ...bodyOf(statement)] : [statement],
  )
  const installed: Installed = { fleet, peer, text, statements: within }
  const edits = [
    headerEdit(installed, composition),
    ...[...composition.roles.keys()].map(set => markerEdit(installed, composition, set)),
    ...partsOf(fleet, peer).flatMap(part => [
      includeEdit(installed, composition, part),
      ...((composition.absent ?? []).length === 0 ? [] : [listsEdit(installed, composition, part)]),
    ]),
  ]
  const missing = edits.find(edit => typeof edit === 'string')
  if (missing !== undefined) return fail(`it has no ${missing}`)
  return ok(
    applyEdits(
      text,
      edits.filter(edit => typeof edit !== 'string'),
    ),
  )
}

type Installed = InstalledConfiguration & {
  readonly fleet: Fleet
  /** Those of the file and those in its views. */
  readonly statements: readonly Statement[]
}

/** An edit, or what there should have been to edit. */
type Finding = Edit | string

function headerEdit({ fleet, peer, text }: Installed, composition: Composition): Finding {
  const length = text.indexOf('\n\n')
  if (!text.startsWith('# Written by Baton') || length < 0) return 'comment of Baton at its top'
  return { offset: 0, length, content: printHeader({ fleet, server: peer, ...composition }).join('\n') }
}

function markerEdit({ fleet, peer, statements }: Installed, { roles }: Composition, set: string): Finding {
  const layout = layoutOf(fleet, peer)
  const name = markerOf(fleet, set)
  const zone = statements.find(found => keywordOf(found) === 'zone' && valuesOf(found)[0] === name)
  const file = zone === undefined ? undefined : findStatement(bodyOf(zone), 'file')
  if (file === undefined || valuesOf(file)[0] !== layout.marker('standby', set)) return `marker of ${set}`
  return replaceValue(file, quoteString(layout.marker(roles.get(set) ?? 'standby', set)))
}

function includeEdit(
  { fleet, peer, statements }: Installed,
  composition: Composition,
  part: ZonePart,
): Finding {
  const layout = layoutOf(fleet, peer)
  const path = layout.zones('standby', part)
  const include = statements.find(found => keywordOf(found) === 'include' && valuesOf(found)[0] === path)
  if (include === undefined) return `include of ${path}`
  return replaceValue(include, quoteString(layout.zones(zonesFolder(peer, composition, part), part)))
}

/** Where the lists are not those of the fleet file as it is now, the servers that are gone are taken out and nothing else. */
function listsEdit(
  { fleet, peer, text, statements }: Installed,
  { absent = [] }: Composition,
  part: ZonePart,
): Finding {
  const [others, followers] = [listName(fleet, part), followersName(fleet, part)].map(name =>
    statements.find(found => keywordOf(found) === 'primaries' && valuesOf(found)[0] === name),
  )
  if (others === undefined || followers === undefined) return `list ${listName(fleet, part)}`
  const { start: offset } = others
  const length = followers.end - offset
  const written = text.slice(offset, offset + length)
  const isOfFleet = written === printLists(fleet, peer, part).join('\n')
  const content = isOfFleet
    ? printLists(withoutServers(fleet, absent), peer, part).join('\n')
    : withoutLines(
        written,
        fleet.servers.filter(({ name }) => absent.includes(name)),
      )
  return { offset, length, content }
}

function withoutLines(text: string, servers: readonly Server[]): string {
  const gone = servers.map(({ dns }) => `\t${dns.address} port ${dns.port} key `)
  const lines = text.split('\n').filter(line => !gone.some(start => line.startsWith(start)))
  return lines.join('\n')
}
