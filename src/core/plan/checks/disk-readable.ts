import { listFew, refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { changingServers, countZones, preflightPart, refuseUnknown } from '../involved.ts'

/** `reconfig` makes a zone anew from its files, so what is not on disk is gone. */
export const diskReadable: Check = {
  name: 'disk-readable',
  question: 'Has every zone a readable file, and a journal that fits it, where roles change?',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context => {
    return changingServers(context).flatMap(server => {
      const disk = preflightPart(context, server, part => part.disk)
      if (disk.kind === 'unknown') return [refuseUnknown('check.disk-readable', server, disk)]
      const bad = [...disk.value].filter(([, serial]) => serial.kind !== 'serial')
      const ids = bad.map(([id]) => id)
      const [first] = bad
      if (first === undefined) return []
      const because = first[1].kind === 'unreadable' ? first[1].because : 'there is no file'
      return [
        refuse({
          code: 'check.disk-readable',
          subject: server,
          because: `${countZones(ids)} without a usable file: ${listFew(ids)} (${first[0]}: ${because})`,
          remedy:
            '`rndc sync ZONE` writes it; see that named may write its folder (owner, AppArmor, SELinux).',
        }),
      ]
    })
  },
}
