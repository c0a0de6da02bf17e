import { compareSerials } from '../../../base/index.ts'
import { rndcZones } from '../../../fleet/index.ts'
import type { Check } from '../../check.ts'
import { allZones, involvedServers, refuseUnknown } from '../../involved.ts'
import { refuseZones } from '../../refuse-zones.ts'

/** Behind is for the catch-up. Ahead means that somebody holds what the active never had. */
export const serialsOrdered: Check = {
  name: 'serials-ordered',
  question: 'Is the serial on the active the newest, for every zone?',
  meaning: 'A server holds a newer serial than the active, or one that has no order to it.',
  remedy: 'Find out what it holds before anything is overwritten.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from } = context.subject
    const active = allZones(context, from)
    if (active.kind === 'unknown') return [refuseUnknown('check.serials-ordered', from, active)]
    return involvedServers(context).flatMap(({ name }) =>
      refuseZones(context, name, {
        code: 'check.serials-ordered',
        isWrong: ({ id, seen }) => {
          const serialActive = active.value.zones.get(id)?.serial
          if (seen?.serial === undefined || serialActive === undefined) return false
          const order = compareSerials(seen.serial, serialActive)
          return order === 'after' || order === 'incomparable'
        },
        words: 'newer than on the active, or without order to it',
        remedy: zones =>
          `Compare with \`baton verify\`; what is only here would be lost. Once it may be: \`${rndcZones(context.fleet, name, { verb: 'retransfer', zones })}\`.`,
      }),
    )
  },
}
