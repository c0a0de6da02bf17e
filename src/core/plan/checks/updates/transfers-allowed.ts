import { refuse } from '../../../base/index.ts'
import type { Check } from '../../check.ts'
import { involvedServers, isSilent, refuseUnknown, SILENT } from '../../involved.ts'

/** Whoever is active tomorrow is transferred from, so every server is tried, not the active alone. */
export const transfersAllowed: Check = {
  name: 'transfers-allowed',
  question: "Does every server let the fleet's key transfer zones?",
  meaning: "A server refused a transfer to the fleet's key, or did not answer it.",
  remedy: 'See allow-transfer of the zone and of options on that server.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedServers(context).flatMap(({ name }) => {
      if (isSilent(context, name)) return [refuseUnknown('check.transfers-allowed', name, SILENT)]
      const failures = context.snapshot.servers.get(name)?.preflight?.transfers
      if (failures === undefined)
        return [
          refuse({
            code: 'check.transfers-allowed',
            subject: name,
            because: 'not known: no transfer from it was tried',
            remedy: 'Make the server answer, and run the check again.',
          }),
        ]
      return failures.map(({ because, remedy }) =>
        refuse({ code: 'check.transfers-allowed', subject: name, because, remedy }),
      )
    }),
}
