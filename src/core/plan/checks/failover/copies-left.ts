import { countOf, listFew, refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { allZones, refuseUnknown, seenZones } from '../../involved.ts'

/** A zone that has expired on the standby is taken from a secondary that still has it; from nowhere it cannot come. */
export const copiesLeft: Check = {
  name: 'copies-left',
  question: 'Is every zone loaded on the new active, or on another server that answers?',
  meaning: 'A zone is loaded on no server that answers: expired everywhere, or lost.',
  remedy:
    '`touch` the zone files on the standby and restart named there: it then serves what it last had. Or start a server that has them.',
  operations: ['failover'],
  weight: 'refuse',
  ask: context => {
    const { subject } = context
    if (subject.operation !== 'failover') return []
    const zones = seenZones(context, subject.to)
    if (zones.kind === 'unknown') return [refuseUnknown('check.copies-left', subject.to, zones)]
    const others = subject.survivors.map(name => allZones(context, name))
    const isElsewhere = (id: string) =>
      others.some(seen => seen.kind === 'seen' && seen.value.zones.get(id)?.serial !== undefined)
    const ids = zones.value
      .filter(({ id, seen }) => seen?.serial === undefined && !isElsewhere(id))
      .map(({ id }) => id)
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.copies-left',
        subject: subject.to,
        because: `no server that answers has ${countOf(ids.length, 'zone')} loaded: ${listFew(ids)}`,
        remedy: `What has expired is still on its disk: \`touch\` the zone files on ${subject.to} and restart named there; it loads them as they are. Otherwise restore them, or start a server that has them.`,
      }),
    ]
  },
}
