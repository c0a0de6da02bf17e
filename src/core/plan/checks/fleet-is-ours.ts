import { refuse } from '../../base/index.ts'
import type { Check } from '../check.ts'
import { involvedManaged, involvedSets, refuseUnknown, seenFiles, seenMarker } from '../involved.ts'

/** Ports get mixed up, and a state file gets copied with a disk image: both would be acted on with confidence. */
export const fleetIsOurs: Check = {
  name: 'fleet-is-ours',
  question: 'Is every server the one of this fleet that we take it for?',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      if (files.kind === 'unknown') return [refuseUnknown('check.fleet-is-ours', name, files)]
      const { state } = files.value
      const says = [
        ...involvedSets(context).flatMap(set => {
          const marker = seenMarker(context, name, set)
          return marker.kind === 'seen' ? [marker.value] : []
        }),
        ...(state === undefined ? [] : [state]),
      ]
      const wrong = says.find(({ fleet, server }) => fleet !== context.fleet.name || server !== name)
      if (wrong === undefined) return []
      return [
        refuse({
          code: 'check.fleet-is-ours',
          subject: name,
          because: `it calls itself ${wrong.server} of fleet ${wrong.fleet}, not ${name} of ${context.fleet.name}`,
          remedy: 'Compare its address, ports and folder in baton.yaml with the server itself.',
        }),
      ]
    }),
}
