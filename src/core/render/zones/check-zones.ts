import { type DomainName, joinPath } from '../../base/index.ts'
import { type Fleet, markerOf, type Server } from '../../fleet/index.ts'
import { bodyOf, type Statement, valueIn, valuesOf } from '../../namedconf/index.ts'
import type { Base } from '../base/base.ts'
import { zonesInBase } from '../base/check-base.ts'
import type { Findings } from '../findings.ts'
import type { ManagedPart, ManagedZone } from './managed-zone.ts'

/** Beside `named.conf` in the configuration folder. */
const BATON_FOLDER = 'baton'
/** What named reads first, the prepared one of each role, and any of these half written. */
const NAMED_CONFIGURATION = /^named\.(?:(?:active|standby)\.)?conf/

/** Zones that stand twice in a view, or are called like a marker. */
export function checkNames(fleet: Fleet, parts: readonly ManagedPart[], findings: Findings): void {
  const markers = new Set(fleet.zoneSets.map(set => markerOf(fleet, set.name)))
  const seen = new Map<string, string>()
  for (const part of parts) {
    for (const zone of part.zones) {
      if (markers.has(zone.name)) {
        findings.error(zone.statement, {
          code: 'render.zone-is-marker',
          message: `The zone "${zone.name}" has the name of a marker.`,
          remedy: 'Give the marker another name in the fleet file.',
        })
      }
      const id = `${zone.name}/${part.view ?? ''}`
      const set = seen.get(id)
      if (set === undefined) seen.set(id, part.set)
      else findings.error(zone.statement, twice(zone.name, [set, part.set]))
    }
  }
}

function twice(name: DomainName, [first, second]: readonly [string, string]) {
  const where = first === second ? 'twice' : `in the zone sets "${first}" and "${second}"`
  return {
    code: 'render.zone-twice',
    message: `The zone "${name}" stands ${where}.`,
    remedy: 'Keep one of the two blocks.',
  } as const
}

/**
 * Files that two zones of a server would write: any two, since in the standby role named writes them all. Names are
 * compared as paths, which named-checkconf does not do ("x.db" and "./x.db" are two names to it).
 */
export function checkFiles(base: Base, parts: readonly ManagedPart[], findings: Findings): void {
  const claims = new Map<string, Claim>()
  for (const zone of zonesInBase(base)) {
    const file = valueIn(bodyOf(zone), 'file')
    if (file === undefined) continue
    claims.set(pathOn(base.server, file), { statement: zone, name: valuesOf(zone)[0] ?? '' })
  }
  for (const part of parts) {
    for (const zone of part.zones) claimFiles(zone, { base, part, claims, findings })
  }
}

type Claim = { readonly statement: Statement; readonly name: string }

type Claiming = {
  readonly base: Base
  readonly part: ManagedPart
  readonly claims: Map<string, Claim>
  readonly findings: Findings
}

function claimFiles(zone: ManagedZone, { base, part, claims, findings }: Claiming): void {
  const file = valueIn(zone.options, 'file')
  if (file === undefined) return
  const name = part.view === undefined ? zone.name : `${zone.name}/${part.view}`
  for (const path of [file, valueIn(zone.options, 'journal') ?? `${file}.jnl`]) {
    const target = pathOn(base.server, path)
    if (isBatons(base.server, target)) {
      findings.error(zone.statement, {
        code: 'render.file-of-baton',
        message: `The zone "${name}" would write "${path}", which is Baton's own file or the configuration of named.`,
        remedy: 'Give the zone a file elsewhere, in the folder of the other zones.',
      })
      return
    }
    const claim = claims.get(target)
    if (claim === undefined) {
      claims.set(target, { statement: zone.statement, name })
      continue
    }
    findings.error(zone.statement, {
      code: 'render.file-shared',
      message: `The zones "${claim.name}" and "${name}" both write "${path}".`,
      remedy: 'Give each zone a file and a journal of its own.',
    })
    return
  }
}

/** named replaces what stands where a zone's file belongs, a `named.conf` too, at the first transfer. */
function isBatons({ paths: { configuration } }: Server, path: string): boolean {
  if (!path.startsWith(`${configuration}/`)) return false
  const [first = ''] = path.slice(configuration.length + 1).split('/')
  return first === BATON_FOLDER || NAMED_CONFIGURATION.test(first)
}

function pathOn(server: Server, file: string): string {
  return joinPath(server.paths.directory, file)
}
