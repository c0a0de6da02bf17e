import { type Diagnostic, fail, ok, type Result } from '../base/index.ts'
import { type Fleet, isManaged, markerOf, type Peer } from '../fleet/index.ts'
import { type Base, readBase } from './base/base.ts'
import { checkBase, checkDefinitions } from './base/check-base.ts'
import { holdsSecret } from './base/holds-secret.ts'
import { printShared } from './base/shared-text.ts'
import { readSource, type SourceText, statementsIn } from './base/source-texts.ts'
import { type Composition, printConfiguration, type Roles } from './configuration.ts'
import { Findings } from './findings.ts'
import { renderGuard } from './guard.ts'
import { layoutOf } from './layout.ts'
import type { RenderedFile, RenderedServer, Role, Sources, Standing } from './rendered.ts'
import { renderStanding, standingsOf } from './standing.ts'
import { printEdited } from './zones/active-zones.ts'
import { checkFiles, checkNames } from './zones/check-zones.ts'
import { checkZone, type ManagedPart, readParts } from './zones/managed-zone.ts'
import { ZoneRenderer } from './zones/zone-renderer.ts'

/** What rendering gives: every server's files and zones, and what the operator should know of the texts. */
export type Rendering = {
  /** In the order of the fleet; unmanaged secondaries have zones and no files. */
  readonly servers: ReadonlyMap<string, RenderedServer>
  readonly warnings: readonly Diagnostic[]
}

/** Peer → how it stands for each zone set; what is missing stands as at the beginning (`firstStandings`), in term 0. */
export type Standings = ReadonlyMap<string, readonly Standing[]>

/**
 * The exact files that every server of the fleet should hold. Pure, and the same bytes for the same texts: the order is
 * that of the sources, and nothing comes from a clock.
 */
export function render(
  fleet: Fleet,
  sources: Sources,
  standings: Standings,
): Result<Rendering, readonly Diagnostic[]> {
  const findings = new Findings()
  const texts = readTexts(fleet, sources, findings)
  checkTexts(fleet, texts, findings)
  if (findings.errors.length > 0) return fail([...findings.errors, ...findings.warnings])
  const zones = new ZoneRenderer({ fleet, sources, findings }, texts.parts)
  const servers = new Map(
    texts.bases.map(base => [
      base.server.name,
      renderServer(base, { fleet, sources, standings, texts, zones }),
    ]),
  )
  if (findings.errors.length > 0) return fail([...findings.errors, ...findings.warnings])
  return ok({ servers, warnings: findings.warnings })
}

/**
 * The text of `named.conf` for a peer in these standings, alone: what a change of role installs. With all sets in one
 * role it is the text of that role's `named.*.conf`.
 */
export function composeConfiguration(
  fleet: Fleet,
  sources: Sources,
  { peer, standings, closed, absent }: ConfigurationRequest,
): Result<string, readonly Diagnostic[]> {
  const findings = new Findings()
  const base = readBase(fleet, peer, { sources, shared: [], findings })
  if (findings.errors.length > 0) return fail(findings.errors)
  const roles = rolesOf(standingsOf(fleet, peer, standings))
  return ok(printConfiguration(fleet, base, { roles, closed, absent }))
}

/** Which of a peer's configurations is wanted. */
export type ConfigurationRequest = Omit<Composition, 'roles'> & {
  readonly peer: Peer
  readonly standings: readonly Standing[]
}

/** Everything the operator wrote, read. */
type Texts = {
  readonly parts: readonly ManagedPart[]
  readonly shared: SourceText | undefined
  readonly bases: readonly Base[]
}

function readTexts(fleet: Fleet, sources: Sources, findings: Findings): Texts {
  const shared = fleet.shared === undefined ? undefined : readSource(fleet.shared, sources, { findings })
  const statements = shared === undefined ? [] : [...statementsIn(shared)]
  return {
    shared,
    parts: readParts(fleet, sources, findings),
    bases: fleet.servers.map(server => readBase(fleet, server, { sources, shared: statements, findings })),
  }
}

function checkTexts(fleet: Fleet, { parts, shared, bases }: Texts, findings: Findings): void {
  checkNames(fleet, parts, findings)
  for (const part of parts) for (const zone of part.zones) checkZone(zone, findings)
  if (shared !== undefined) checkDefinitions(fleet, [...statementsIn(shared)], findings)
  const managed = new Set([
    ...fleet.zoneSets.map(set => markerOf(fleet, set.name)),
    ...parts.flatMap(part => part.zones.map(zone => zone.name)),
  ])
  for (const base of bases.filter(({ server }) => isManaged(server))) {
    checkBase(fleet, base, { managed, findings })
    const held = parts.filter(part => base.server.sets.includes(part.set))
    checkFiles(base, held, findings)
  }
}

type ServerRequest = {
  readonly fleet: Fleet
  readonly sources: Sources
  readonly standings: Standings
  readonly texts: Texts
  readonly zones: ZoneRenderer
}

function renderServer(base: Base, request: ServerRequest): RenderedServer {
  const { server } = base
  const files = isManaged(server) ? filesOf(base, request) : []
  return {
    server: server.name,
    files: [...files].sort((left, right) => (left.path < right.path ? -1 : 1)),
    zones: request.zones.zonesOn(base),
  }
}

function filesOf(
  base: Base,
  { fleet, sources, standings, texts, zones }: ServerRequest,
): readonly RenderedFile[] {
  const { server } = base
  const layout = layoutOf(fleet, server)
  const shared = printShared(fleet, sources, texts.shared && printVerbatim(texts.shared))
  const secret = holdsSecret(base.statements)
  const configuration = (path: string, roles: Roles): RenderedFile => ({
    path,
    content: printConfiguration(fleet, base, { roles }),
    mode: 0o640,
    secret,
  })
  const common: readonly RenderedFile[] = [
    { path: layout.base, content: printVerbatim(base.source), mode: 0o640, secret },
    { path: layout.shared, content: shared, mode: 0o640, secret: true },
    ...zones.filesOn(base),
  ]
  if (server.kind === 'secondary') return [...common, configuration(layout.configuration, new Map())]
  const stands = standingsOf(fleet, server, standings.get(server.name) ?? [])
  const all = (role: Role): Roles => new Map(stands.map(({ set }) => [set, role]))
  return [
    ...common,
    ...renderStanding(fleet, server, stands),
    ...renderGuard({ fleet, sources, peer: server, zones: zones.zonesOn(base) }),
    configuration(layout.roleConfiguration('active'), all('active')),
    configuration(layout.roleConfiguration('standby'), all('standby')),
    configuration(layout.configuration, rolesOf(stands)),
  ]
}

/** A peer's roles by zone set, in these standings. */
export function rolesOf(standings: readonly Standing[]): Roles {
  return new Map(standings.map(({ set, role }) => [set, role]))
}

/** A text as it was written, with what it includes in its place. */
function printVerbatim(source: SourceText): string {
  return printEdited(source, () => [])
}
