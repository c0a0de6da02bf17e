import { type Refusal, refuse } from '../../../base/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { allZones, involvedServers, isSilent, mayBeDown, refuseUnknown } from '../../involved.ts'
import { fenceRemedy } from '../../refuse-others.ts'

/** A server that does not answer is never counted as well. */
export const serversAnswer: Check = {
  name: 'servers-answer',
  question: 'Does every server tell which zones it has?',
  meaning: 'A server did not tell which zones it has. What is not known is taken as a no.',
  remedy:
    'Start named there, or fix address and ports in baton.yaml. A secondary that is known to be down may be left out with --without.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      if (mayBeDown(context, name)) return []
      if (isSilent(context, name)) return [refuseSilent(context, name)]
      const zones = allZones(context, name)
      return zones.kind === 'seen' ? [] : [refuseUnknown('check.servers-answer', name, zones)]
    }),
}

function refuseSilent(context: CheckContext, server: string): Refusal {
  const zones = context.snapshot.servers.get(server)?.zones
  const because = zones?.ok === false ? zones.error.because : 'it was not asked'
  return refuse({
    code: 'check.servers-answer',
    subject: server,
    because: `it does not answer: ${because}`,
    remedy: remedyFor(context, server),
  })
}

/** Of those that keep their role all can be left out, and one command names them all. */
function remedyFor(context: CheckContext, server: string): string {
  const { subject } = context
  if (subject.operation === 'rejoin' || subject.operation === 'resolve')
    return server === subject.from
      ? 'Its files cannot be read either. Start the machine, or fix the way to it: its named need not run.'
      : 'Bring the active back first: its content is what the other one takes.'
  if (subject.operation === 'push')
    return 'Start named there, or see why it hangs. A push goes to every server that it would change, or to none.'
  if (subject.operation !== 'switchover')
    return 'Start named there, or see why it hangs; it comes up as standby with what it has.'
  if (server === subject.from)
    return 'Start named there, or see why it hangs. If it is gone and stays away, this is a case for `baton failover`.'
  if (server === subject.to)
    return 'Start named there, or see why it hangs; the role can only go to a standby that answers.'
  if (context.fleet.servers.some(({ name, kind }) => name === server && kind === 'peer'))
    return fenceRemedy(server)
  const bystanders = involvedServers(context)
    .map(({ name }) => name)
    .filter(name => name !== subject.from && name !== subject.to && isSilent(context, name))
  const without = [...subject.without, ...bystanders].join(' ')
  return `Start named there, or see why it hangs; or go on without it: \`--without ${without}\`. Once it is back it catches up by itself.`
}
