import { type Refusal, refuse } from '../../../base/index.ts'
import { explain, judge, type Verdict } from '../../../snapshot/index.ts'
import type { Check, CheckContext, CheckSubject } from '../../check.ts'
import {
  allZones,
  involvedPeers,
  involvedSets,
  refuseUnknown,
  seenFiles,
  seenMarker,
} from '../../involved.ts'

/**
 * Marker, state file, zone types and terms are four witnesses; a switchover wants them unanimous. A push mends a state
 * file that is behind, as after a switch by hand, but not a named that serves another role than its marker says, and of
 * two actives, or of one in an old term, it would record what is wrong. A failover writes the state of its new active anew, whatever it says of the time before.
 */
export const rolesAgree: Check = {
  name: 'roles-agree',
  question: 'Do marker, state file, zone types and terms tell the same story?',
  meaning: 'Marker, state file, zone types and terms do not tell the same story about a peer.',
  remedy: 'Finish or take back an unfinished run; otherwise see `baton diff`.',
  operations: ['push', 'switchover', 'failover'],
  weight: 'refuse',
  ask: context => {
    const peers = involvedPeers(context).map(({ name }) => name)
    const disagreements = judge(context.fleet, context.expected, context.snapshot).flatMap(verdict => {
      if (!STOPPING[context.subject.operation].includes(verdict.kind)) return []
      if (context.subject.operation === 'push' && !stopsPush(verdict)) return []
      const { subject, because, remedy } = explain(context.fleet, verdict)
      const concerns = verdict.kind === 'two-actives' || peers.includes(subject)
      if (endsSwitchover(context)) return []
      return concerns ? [refuse({ code: 'check.roles-agree', subject, because, remedy })] : []
    })
    return [...peers.flatMap(peer => missingWitnesses(context, peer)), ...disagreements]
  },
}

/**
 * A witness that was not heard may have told another story. Markers are silent before a first push, and while a push
 * changes the key that they are asked with: then `peers-found` and `roles-kept` ask in their place.
 */
function missingWitnesses(context: CheckContext, peer: string): readonly Refusal[] {
  const markers = involvedSets(context).map(set => seenMarker(context, peer, set))
  const heard = [
    allZones(context, peer),
    seenFiles(context, peer),
    ...(context.subject.operation === 'push' ? [] : markers),
  ]
  const silent = heard.find(witness => witness.kind === 'unknown')
  return silent === undefined ? [] : [refuseUnknown('check.roles-agree', peer, silent)]
}

/** Half promoted, or half demoted, a server contradicts itself: the failover writes all that anew. */
function endsSwitchover({ subject }: CheckContext): boolean {
  return subject.operation === 'failover' && subject.interrupted !== undefined
}

/** A standby is told the newest term by a push. */
function stopsPush(verdict: Verdict): boolean {
  return verdict.kind !== 'term-behind' || verdict.role === 'active'
}

const STOPPING: Readonly<Record<CheckSubject['operation'], readonly Verdict['kind'][]>> = {
  push: ['marker-contradicts', 'two-actives', 'term-behind'],
  switchover: ['marker-contradicts', 'state-contradicts', 'term-behind'],
  rejoin: [],
  resolve: [],
  failover: ['marker-contradicts', 'term-behind'],
}
