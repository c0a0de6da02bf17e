import { type Code, type Refusal, refuse } from '../base/index.ts'
import type { PeerStanding } from '../snapshot/index.ts'
import type { CheckContext } from './check.ts'
import type { Fences } from './fencing.ts'
import { involvedServers, isSilent, refuseUnknown, SILENT } from './involved.ts'

/** What has to be known of every peer besides the two between which the role passes. */
export type OthersQuestion = {
  readonly code: Code
  readonly set: string
  readonly others: readonly PeerStanding[]
  /** The newest term that they may name: whoever has a newer one was promoted, or told of a promotion. */
  readonly termKnown: number
  readonly fences: Fences
  /** Servers that this run does not lock, so that another one could make them active at the same time. */
  readonly leftOut: readonly string[]
}

/**
 * Why a peer that takes no part may be the active of somebody else's promotion: it cannot be asked and nobody says that it is
 * fenced, or it knows a term that should not have begun yet.
 */
export function refuseOthers(context: CheckContext, question: OthersQuestion): readonly Refusal[] {
  const { code, set, others, termKnown, fences, leftOut } = question
  return others.flatMap(({ server, marker }) => {
    if (fences.has(server) && marker?.role !== 'active') return []
    if (marker === undefined) {
      if (isToldAsSilent(context, server)) return [refuseUnknown(code, server, SILENT)]
      return [refuseUnseen(code, { server, because: becauseUnseen(context, server, set) })]
    }
    if (leftOut.includes(server) && marker.role === 'standby') {
      const zones = context.snapshot.servers.get(server)?.zones
      return [refuseLeftOut(code, server, zones?.ok === false ? zones.error.because : undefined)]
    }
    if (marker.role === 'active' || marker.term <= termKnown) return []
    return [
      refuse({
        code,
        subject: server,
        because: `it knows term ${marker.term} already, which has not begun for the servers asked before: somebody passed the role on just now`,
        remedy: 'Look at `baton status`, and order it again if it is still wanted.',
      }),
    ]
  })
}

/** One whose zones cannot be seen takes no part, whoever was named with --without. */
function refuseLeftOut(code: Code, server: string, zonesUnseen: string | undefined): Refusal {
  const isNamed = zonesUnseen === undefined
  const why = isNamed ? 'is left out' : `takes no part, for its zones are not seen (${zonesUnseen})`
  return refuse({
    code,
    subject: server,
    because: `it answers and ${why}, so that somebody else could make it active meanwhile`,
    remedy: `${isNamed ? 'Drop it from --without' : 'See to that'}. If it is not well, stop its named, and say so: --fenced ${server}="named stopped".`,
  })
}

/** Where it should take part, `servers-answer` says why it does not answer, and what to do. */
function isToldAsSilent(context: CheckContext, server: string): boolean {
  return isSilent(context, server) && involvedServers(context).some(({ name }) => name === server)
}

function refuseUnseen(
  code: Code,
  { server, because }: { readonly server: string; readonly because: string },
): Refusal {
  return refuse({ code, subject: server, because: unseenBecause(because), remedy: fenceRemedy(server) })
}

/** The last look before writes open says the same. */
export function unseenBecause(because: string): string {
  return `it may be active, for its role cannot be asked: ${because}`
}

export function fenceRemedy(server: string): string {
  return `Start named there, or make sure that ${server} takes no writes (power off, port shut, named stopped), and say how: --fenced ${server}="switched off at the rack". If it never comes back: \`baton peer remove ${server}\`, once an active is there.`
}

function becauseUnseen({ snapshot }: CheckContext, server: string, set: string): string {
  const marker = snapshot.servers.get(server)?.markers.get(set)
  if (marker === undefined) return 'it was not looked at'
  return marker.ok ? 'its marker names another server or fleet' : marker.error.because
}
