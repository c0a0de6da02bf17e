import type { Check } from '../../check.ts'
import { involvedPeers, involvedSets, refuseUnknown, seenMarker } from '../../involved.ts'

/** The marker answers to the fleet's key alone, so an answer also proves that the key is known there. */
export const markerSigned: Check = {
  name: 'marker-signed',
  question: "Does the marker of every peer answer to the fleet's key?",
  meaning: "The marker zone of a peer did not answer a question signed with the fleet's key.",
  remedy:
    'Compare the key on the peer with the one in the fleet folder; `baton diff` shows whether it differs.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedPeers(context).flatMap(({ name }) =>
      involvedSets(context).flatMap(set => {
        const marker = seenMarker(context, name, set)
        return marker.kind === 'seen' ? [] : [refuseUnknown('check.marker-signed', name, marker)]
      }),
    ),
}
