import { refuse } from '../../../base/index.ts'
import { standingOf } from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { isSilent, refuseUnknown, SILENT } from '../../involved.ts'

export const handoverMakesSense: Check = {
  name: 'handover-makes-sense',
  question: 'Is the old active active, and the new one a standby?',
  meaning: 'A switchover goes from the active to a standby, and these two are not that.',
  remedy: 'See `baton status` for who is active.',
  operations: ['switchover'],
  weight: 'refuse',
  ask: context => {
    const { fleet, snapshot, subject } = context
    if (subject.operation !== 'switchover') return []
    const { set, from, to } = subject
    const { peers } = standingOf(fleet, snapshot, set)
    const roleOf = (name: string) => peers.find(({ server }) => server === name)?.marker?.role ?? 'unknown'
    const silent = [from, to].filter(name => isSilent(context, name))
    if (silent.length > 0)
      return silent.map(name => refuseUnknown('check.handover-makes-sense', name, SILENT))
    if (roleOf(from) === 'active' && roleOf(to) === 'standby') return []
    return [
      refuse({
        code: 'check.handover-makes-sense',
        subject: set,
        because: `${from} is ${roleOf(from)} and ${to} is ${roleOf(to)}`,
        remedy: '`baton status` shows who is active; a switchover goes from the active to a standby.',
      }),
    ]
  },
}
