import { fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { printScript } from '../../../core/rescue/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import type { JudgedZone } from '../../../io/rescue/index.ts'
import type { RescueDocument, RescueScript } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'
import type { JudgedRescue } from './rescue-judge.ts'
import { updateKeysOf } from './rescue-keys.ts'

/**
 * The orphans as scripts for nsupdate: one for each view and active, because nsupdate signs all that it sends with one key, and
 * a key leads to one view.
 */
export function scriptsOf(session: Session, judged: JudgedRescue): readonly RescueScript[] {
  const places = new Map<string, JudgedZone[]>()
  for (const zone of judged.zones) {
    const place = `${zone.active} ${zone.rescued.zone.view}`
    places.set(place, [...(places.get(place) ?? []), zone])
  }
  return [...places.values()].flatMap(zones => {
    const [first] = zones
    if (first === undefined) return []
    const { active, rescued } = first
    return [{ active, view: rescued.zone.view, script: scriptOf(session, judged, zones) }]
  })
}

function scriptOf(session: Session, judged: JudgedRescue, zones: readonly JudgedZone[]): string {
  const { rescue, manifest } = judged
  const active = zones[0]?.active ?? ''
  const { address, port } = linkOf(session.links, active).server.dns
  const term = manifest.term === undefined ? '' : ` in term ${manifest.term}`
  const comments = [
    `Updates that ${rescue.server} acknowledged${term} and ${active} never received,`,
    `from the rescue of ${rescue.server}, term ${rescue.place}, saved ${manifest.saved}.`,
    'Use: nsupdate -k FILE THIS-FILE, with the file of a key that each zone names.',
    'Each update is refused, whole, when anything it touches has changed since this was written.',
  ]
  return printScript(
    { comments, server: { address, port } },
    zones.map(zone => ({
      name: zone.rescued.zone.name,
      view: zone.rescued.zone.view,
      keys: updateKeysOf(session, zone),
      orphans: zone.judged,
    })),
  )
}

/** The one script of a rescue, or of the zone that was chosen. */
export function onlyScript({ server, place, nsupdate, zones }: RescueDocument): Result<string, Refusal> {
  const [only, ...others] = nsupdate
  if (only === undefined) return ok('; there are no orphans\n')
  if (others.length === 0) return ok(only.script)
  const [zone] = zones
  return fail(
    refuse({
      code: 'rescue.several-scripts',
      subject: `${server} ${place}`,
      because: `it has orphans in ${nsupdate.map(({ view, active }) => `view ${view} on ${active}`).join(', ')}, and nsupdate signs with one key`,
      remedy: `Name one zone, as --zone ${zone?.zone}/${zone?.view}; --json has all the scripts.`,
    }),
  )
}
