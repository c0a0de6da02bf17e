import { type Refusal, refuse } from '../../../base/index.ts'
import type { Fleet, Server } from '../../../fleet/index.ts'
import {
  foreignInWords,
  foreignName,
  foreignRemedy,
  type SaidName,
  type Snapshot,
} from '../../../snapshot/index.ts'
import type { Check } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../../involved.ts'

/** Ports get mixed up, and a state file gets copied with a disk image: both would be acted on with confidence. */
export const fleetIsOurs: Check = {
  name: 'fleet-is-ours',
  question: 'Is every server the one that baton.yaml means?',
  meaning: 'A server answers with the name of another server or another fleet.',
  remedy: 'Compare address, ports and folder in baton.yaml with the server itself.',
  operations: ['push', 'switchover', 'failover', 'rejoin', 'resolve'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(server => {
      const files = seenFiles(context, server.name)
      if (files.kind === 'unknown') return [refuseUnknown('check.fleet-is-ours', server.name, files)]
      return refuseForeign(context.fleet, [server], context.snapshot)
    }),
}

/** Those of the servers that say that they are others, or of another fleet. */
export function refuseForeign(
  fleet: Fleet,
  servers: readonly Server[],
  snapshot: Snapshot,
): readonly Refusal[] {
  return servers.flatMap(server => {
    const says = foreignName(fleet, server, snapshot)
    return says === undefined ? [] : [foreign(fleet, server.name, says)]
  })
}

/** A server that says that it is another one, or of another fleet. */
export function foreign(fleet: Fleet, server: string, says: SaidName): Refusal {
  return refuse({
    code: 'check.fleet-is-ours',
    subject: server,
    because: foreignInWords(fleet, server, says),
    remedy: foreignRemedy(fleet, server, says),
  })
}
