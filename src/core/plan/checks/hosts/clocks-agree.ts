import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, preflightPart, refuseUnknown } from '../../involved.ts'

/** TSIG and rndc refuse what is more than five minutes off; transfers would stop with BADTIME. */
export const clocksAgree: Check = {
  name: 'clocks-agree',
  question: 'Do the clocks of the servers agree with this machine?',
  meaning:
    'The clock of a server is off by more than `clock-skew-max`. named refuses signed messages (BADTIME) that are off by more than five minutes.',
  remedy: 'Set the clock; the limit is policy.clock-skew-max in baton.yaml.',
  operations: ['switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const clock = preflightPart(context, name, part => part.clock)
      if (clock.kind === 'unknown') return [refuseUnknown('check.clocks-agree', name, clock)]
      const { offsetMs, uncertaintyMs } = clock.value
      const limitMs = context.fleet.policy.clockSkewMaxS * 1000
      if (Math.abs(offsetMs) + uncertaintyMs <= limitMs) return []
      return [
        refuse({
          code: 'check.clocks-agree',
          subject: name,
          because: `its clock is ${(offsetMs / 1000).toFixed(1)} s off, ${limitMs / 1000} s are allowed`,
          remedy: 'Set the clock (NTP) there or here, whichever is wrong.',
        }),
      ]
    }),
}
