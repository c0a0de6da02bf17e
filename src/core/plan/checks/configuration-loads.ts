import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { preflightPart, refuseUnknown } from '../involved.ts'

const COMPLAINTS_SHOWN_MAX = 3

/** `named-checkconf -z -j` finds what a reconfig would only tell the log (format, checks of primaries, journals). */
export const configurationLoads: Check = {
  name: 'configuration-loads',
  question: 'Would both peers load every zone in their new role?',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    if (context.subject.operation !== 'switchover') return []
    const { from, to } = context.subject
    return [from, to].flatMap(server => {
      const tried = preflightPart(context, server, part => part.configuration)
      if (tried.kind === 'unknown') return [refuseUnknown('check.configuration-loads', server, tried)]
      if (tried.value.accepted) return []
      const complaints = tried.value.complaints.slice(0, COMPLAINTS_SHOWN_MAX).join('; ')
      return [
        refuse({
          code: 'check.configuration-loads',
          subject: server,
          because: `named-checkconf says: ${complaints}`,
          remedy: 'Mend the zone or the configuration it names on that server, and check again.',
        }),
      ]
    })
  },
}
