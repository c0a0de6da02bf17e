import { fail, ok, type Refusal, type Result, refuse, type SharedKey } from '../../core/base/index.ts'
import type { JudgedZone, RescuedZone } from '../../io/rescue/index.ts'
import type { Session } from './session.ts'

/**
 * The keys of the fleet that may update a zone, as its block on the active names them. The key that leads to its view comes
 * first: another may lead an update to the zone of that name in another view.
 */
export function updateKeysOf({ fleet, links }: Session, { rendered, zone }: RescuedZone): readonly string[] {
  const ofView = fleet.views.find(({ name }) => name === zone.view)?.key
  const may = (rendered?.updateKeys ?? []).filter(name => links.keys.has(name))
  return may.toSorted((left, right) => Number(right === ofView) - Number(left === ofView))
}

/** The key that a person named, or those that the zones name. A zone with nothing to send needs none. */
export function chooseKeys(
  session: Session,
  zones: readonly JudgedZone[],
  named: string | undefined,
): Result<(zone: JudgedZone) => readonly SharedKey[], readonly Refusal[]> {
  const { keys } = session.links
  if (named !== undefined) {
    const key = keys.get(named)
    return key === undefined ? fail([keyUnknown(named, [...keys.keys()])]) : ok(() => [key])
  }
  const keysOf = ({ rescued }: JudgedZone) =>
    updateKeysOf(session, rescued).flatMap(name => keys.get(name) ?? [])
  const without = zones.filter(
    zone => keysOf(zone).length === 0 && zone.judged.some(({ verdict }) => verdict === 'applies'),
  )
  return without.length === 0 ? ok(keysOf) : fail(without.map(noKey))
}

function noKey({ rescued, active }: JudgedZone): Refusal {
  return refuse({
    code: 'rescue.no-key',
    subject: rescued.id,
    because: `no key under \`keys\` in baton.yaml is named in its update-policy or allow-update on ${active}`,
    remedy:
      'Put the key of its writers under `keys` and name it with --key, or use the script of `--nsupdate`.',
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
