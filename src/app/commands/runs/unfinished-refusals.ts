import { type Refusal, refuse } from '../../../core/base/index.ts'
import type { FoundRun } from '../../../io/journal/index.ts'
import { wayOfRole } from '../failover/way-without-lost.ts'
import { endsWithout } from '../rejoin/left-behind.ts'

/** Of the peers between which the role passes no run is without; a failover is without the one that is gone. */
export function isNeeded({ plan }: FoundRun, name: string): boolean {
  if (plan?.handover === undefined) return plan !== undefined
  const { from, to } = plan.handover
  return name === to || (name === from && plan.operation !== 'failover')
}

export function planless({ lock }: FoundRun): Refusal {
  return refuse({
    code: 'engine.plan-missing',
    subject: lock.run,
    because: 'no server has a plan or a journal of it, so it had not done anything yet',
    remedy: '`baton rollback` gives the locks back.',
  })
}

/** What its checks saw may hold no more, and to ask them again under the locks belongs to whoever orders it. */
export function notBegun({ lock }: FoundRun): Refusal {
  return refuse({
    code: 'engine.not-begun',
    subject: lock.run,
    because: `no step of this ${lock.operation} had begun, and how the fleet stands now was not checked`,
    remedy: '`baton rollback` gives the locks back; then order it again if it is still wanted.',
  })
}

export function needsServers(found: FoundRun, without: readonly string[]): Refusal {
  const { lock, plan } = found
  const { from = 'the old active', to = 'the new active' } = plan?.handover ?? {}
  return refuse({
    code: 'engine.not-without',
    subject: lock.run,
    because: `a ${lock.operation} has the role on its way from ${from} to ${to}`,
    remedy: `If ${without.join(', ')} is lost, ${wayOfRole(found, without)}`,
  })
}

export function needsFenced(found: FoundRun, name: string): Refusal {
  const { lock } = found
  return refuse({
    code: 'engine.needs-fenced',
    subject: lock.run,
    because: `the ${lock.operation} has something to do on ${name}, and so does not go on without it`,
    remedy: endsWithout(found)
      ? `\`baton rollback --without ${name}\` ends it; where ${name} was the active, \`baton failover --fenced ${name}="…"\` ends this ${lock.operation}.`
      : `If ${name} is lost, ${wayOfRole(found, [name])}`,
  })
}

export function pastReturn({ lock }: FoundRun): Refusal {
  const isRejoin = lock.operation === 'rejoin' || lock.operation === 'resolve'
  return refuse({
    code: 'engine.past-return',
    subject: lock.run,
    because: isRejoin
      ? 'the returning server has nothing to go back to but what was saved of it'
      : 'the new active takes writes already',
    remedy: isRejoin
      ? '`baton resume` ends it. If a server is lost, or its guard refuses: `baton rollback --without NAME` gives it up.'
      : '`baton resume` ends it; then switch over back.',
  })
}

export function otherSources({ lock }: FoundRun): Refusal {
  return refuse({
    code: 'engine.other-sources',
    subject: lock.run,
    because: 'your fleet folder renders to something else than the one it began with',
    remedy: `Use the fleet folder as it was then: that of ${lock.holder} may be. \`baton diff\` shows in what yours differs from the servers; take that back, end the run, and then push it.`,
  })
}
