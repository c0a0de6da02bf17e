import { fail, ok, type Refusal, type Result, refuse, type SharedKey } from '../../../core/base/index.ts'
import { findServer } from '../../../core/fleet/index.ts'
import type { JudgedZone } from '../../../io/rescue/index.ts'
import type { Session } from '../session/session.ts'
import { viewOfKey } from './rescue-key-view.ts'

/**
 * The keys of the fleet that may update a zone, as its block on the active names them, and that lead to its view; the view's
 * own comes first.
 */
export function updateKeysOf(session: Session, zone: JudgedZone): readonly string[] {
  const { rendered } = zone.rescued
  const may = (rendered?.updateKeys ?? []).filter(name => session.links.keys.has(name))
  return may
    .map(name => ({ name, leads: leadsTo(session, zone, name) }))
    .filter(({ leads }) => leads === 'there-by-name' || leads === 'there')
    .toSorted(
      (left, right) => Number(right.leads === 'there-by-name') - Number(left.leads === 'there-by-name'),
    )
    .map(({ name }) => name)
}

/** Where an update that is signed with a key goes: to the zone, to another view's zone of that name, or it is not known. */
type Leading = 'there-by-name' | 'there' | 'elsewhere' | 'unknown'

function leadsTo(session: Session, { rescued, active }: JudgedZone, key: string): Leading {
  const { fleet } = session
  const { view } = rescued.zone
  if (fleet.views.length === 0) return 'there'
  if (fleet.views.find(({ name }) => name === view)?.key === key) return 'there-by-name'
  const server = findServer(fleet, active)
  const found = server.ok ? viewOfKey(session, server.value, key) : undefined
  if (found === undefined) return 'unknown'
  return found === view ? 'there' : 'elsewhere'
}

/** The key that a person named, or those that the zones name. A zone with nothing to send needs none. */
export function chooseKeys(
  session: Session,
  zones: readonly JudgedZone[],
  named: string | undefined,
): Result<(zone: JudgedZone) => readonly SharedKey[], readonly Refusal[]> {
  const { keys } = session.links
  const sending = zones.filter(({ judged }) => judged.some(({ verdict }) => verdict === 'applies'))
  if (named !== undefined) {
    const key = keys.get(named)
    if (key === undefined) return fail([keyUnknown(named, [...keys.keys()])])
    const astray = sending.filter(zone => leadsTo(session, zone, named) === 'elsewhere')
    return astray.length === 0 ? ok(() => [key]) : fail(astray.map(zone => leadsElsewhere(zone, named)))
  }
  const keysOf = (zone: JudgedZone) => updateKeysOf(session, zone).flatMap(name => keys.get(name) ?? [])
  const without = sending.filter(zone => keysOf(zone).length === 0)
  return without.length === 0 ? ok(keysOf) : fail(without.map(zone => noKey(session, zone)))
}

function noKey({ fleet }: Session, { rescued, active }: JudgedZone): Refusal {
  const { view } = rescued.zone
  const leading = fleet.views.length === 0 ? '' : `, and is known to lead to the view ${view}`
  return refuse({
    code: 'rescue.no-key',
    subject: rescued.id,
    because: `no key under \`keys\` in baton.yaml is named in its update-policy or allow-update on ${active}${leading}`,
    remedy:
      'Put the key of its writers under `keys` and name it with --key, or use the script of `--nsupdate`.',
  })
}

function leadsElsewhere({ rescued, active }: JudgedZone, key: string): Refusal {
  return refuse({
    code: 'rescue.no-key',
    subject: rescued.id,
    because: `by match-clients on ${active} the key ${key} leads to another view than ${rescued.zone.view}`,
    remedy: 'Name a key that leads there, and name the zone with its view: --zone ZONE/VIEW.',
  })
}

function keyUnknown(name: string, known: readonly string[]): Refusal {
  return refuse({
    code: 'rescue.no-key',
    subject: name,
    because: 'baton.yaml has no key of that name',
    remedy: `It has ${known.join(', ')}.`,
  })
}
