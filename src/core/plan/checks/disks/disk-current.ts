import { compareSerials, countOf, listFew, refuse } from '../../../base/index.ts'
import { rndcZones } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { preflightPart, refuseUnknown, seenZones } from '../../involved.ts'

/** After a transfer the disk follows some seconds later (T5): the first step waits for it, and then proves it. */
export const diskCurrent: Check = {
  name: 'disk-current',
  question: 'Does the disk of the new active hold the serials that it serves?',
  meaning:
    'The new active serves newer serials than its disk holds, as after a large transfer. The switch waits for the disk.',
  remedy: '`rndc sync ZONE` on that server. If it lasts, see whether named may write there.',
  operations: ['switchover'],
  weight: 'warn',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { to } = context.subject
    const disk = preflightPart(context, to, part => part.disk)
    const zones = seenZones(context, to)
    if (disk.kind === 'unknown') return [refuseUnknown('check.disk-current', to, disk)]
    if (zones.kind === 'unknown') return [refuseUnknown('check.disk-current', to, zones)]
    const ids = zones.value
      .filter(({ id, seen }) => {
        const onDisk = disk.value.get(id)
        if (onDisk?.kind !== 'serial' || seen?.serial === undefined) return false
        const order = compareSerials(onDisk.serial, seen.serial)
        // Memory was looked at first, so a disk that is newer has only moved on.
        return order === 'before' || order === 'incomparable'
      })
      .map(({ id }) => id)
    if (ids.length === 0) return []
    return [
      refuse({
        code: 'check.disk-current',
        subject: to,
        because: `${countOf(ids.length, 'zone')} older on disk than in memory: ${listFew(ids)}`,
        remedy: `The switch waits for the disk before it freezes anything; \`${rndcZones(context.fleet, to, { verb: 'sync', zones: ids })}\` makes it quicker.`,
      }),
    ]
  },
}
