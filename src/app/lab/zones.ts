import { type DomainName, invariant, parseDomainName } from '../../core/base/index.ts'
import type { LabPlan } from './plan.ts'

/** What every seeded zone answers for `www`, type A: enough to tell a right answer from a wrong one. */
export const SEED_ADDRESS = '192.0.2.80'

/** One zone of a lab. */
export type LabZone = {
  readonly name: DomainName
  /** Relative to named's working directory. */
  readonly file: string
  /** How it takes updates: both ways that BIND knows occur, or not at all. */
  readonly updates: 'none' | 'allow-update' | 'update-policy'
}

/** The zones of a plan: `z1.example`, `z2.example` and so on, always the same for the same counts. */
export function labZones(plan: Pick<LabPlan, 'zones' | 'zonesDynamic'>): readonly LabZone[] {
  const zones: LabZone[] = []
  let dynamicCount = 0
  for (let number = 1; number <= plan.zones; number++) {
    const name = parseDomainName(`z${number}.example`)
    invariant(name.ok, 'the names of lab zones are domain names')
    const dynamicDue = Math.floor((number * plan.zonesDynamic) / plan.zones)
    const isDynamic = dynamicDue > dynamicCount
    if (isDynamic) dynamicCount++
    const updates = isDynamic ? (dynamicCount % 2 === 1 ? 'update-policy' : 'allow-update') : 'none'
    zones.push({ name: name.value, file: `zones/${name.value}.db`, updates })
  }
  return zones
}

/** The zone blocks as the active peer has them: the operator's file that `baton.yaml` names. */
export function zonesConf(zones: readonly LabZone[]): string {
  return `${zones.map(zoneBlock).join('\n')}\n`
}

function zoneBlock(zone: LabZone): string {
  const lines = [`zone "${zone.name}" {`, '\ttype primary;', `\tfile "${zone.file}";`]
  if (zone.updates === 'allow-update') lines.push('\tallow-update { key "writer"; };')
  if (zone.updates === 'update-policy') lines.push('\tupdate-policy { grant writer zonesub ANY; };')
  return [...lines, '};'].join('\n')
}

/**
 * A zone's first content. All names are relative, so one text serves every zone. Refresh is long because NOTIFY
 * carries the news; retry is short so that a lost one is made good while a person watches.
 */
export function seedText(plan: Pick<LabPlan, 'peers' | 'groups'>): string {
  const nameServers = [...plan.peers, ...plan.groups.flatMap(group => group.servers)]
  return [
    '$TTL 300',
    `@\tSOA\t${nameServers[0]} hostmaster 1 21600 15 1209600 60`,
    ...nameServers.map(name => `@\tNS\t${name}`),
    ...nameServers.map(name => `${name}\tA\t127.0.0.1`),
    `www\tA\t${SEED_ADDRESS}`,
    '',
  ].join('\n')
}
