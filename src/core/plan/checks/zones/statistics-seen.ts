import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { allZones, involvedServers, refuseUnknown } from '../../involved.ts'

/** DNS tells serials and nothing else: neither the type of a zone nor when it expires. */
export const statisticsSeen: Check = {
  name: 'statistics-seen',
  question: 'Does every server tell the types and expiry of its zones?',
  meaning:
    'A server has no statistics channel, so that types and expiry of its zones are not known; serials are, by DNS.',
  remedy: 'Give it `statistics-channels` for this machine, and `statistics` in baton.yaml.',
  operations: ['switchover'],
  weight: 'warn',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      const zones = allZones(context, name)
      if (zones.kind === 'unknown') return [refuseUnknown('check.statistics-seen', name, zones)]
      if (zones.value.source === 'statistics') return []
      return [
        refuse({
          code: 'check.statistics-seen',
          subject: name,
          because: 'it was asked by DNS alone, which tells serials, but no types and no expiry',
          remedy: 'Give it `statistics-channels` for this machine, and `statistics` in baton.yaml.',
        }),
      ]
    }),
}
