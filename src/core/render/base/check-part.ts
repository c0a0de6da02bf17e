import type { ManagedPart, ManagedZone } from '../zones/managed-zone.ts'
import { checkOptions } from '../zones/written-options.ts'
import { factsOf, type ZoneContext } from '../zones/zone-context.ts'

/** What the zones of a part say that a server with this base and release cannot keep in a fleet. */
export function checkPart(part: ManagedPart, context: ZoneContext): void {
  for (const zone of part.zones) {
    checkOptions(zone, context)
    checkUpdates(zone, context)
    checkSigning(zone, context)
  }
}

function checkUpdates(zone: ManagedZone, context: ZoneContext): void {
  const { updates } = factsOf(zone, context)
  if (updates === undefined) return
  if (updates.byAddress !== undefined) {
    context.findings.warn(updates.byAddress, {
      code: 'render.update-address',
      message: `The zone "${zone.name}" takes updates by address, which a standby cannot pass on.`,
      remedy: 'Sign the updates with a key, and name the key in allow-update or update-policy.',
    })
  } else if (updates.keys.length === 0) {
    context.findings.warn(zone.statement, {
      code: 'render.update-unsigned',
      message: `The zone "${zone.name}" takes updates, but names no key that a standby could pass on.`,
      remedy: 'Name a key of the fleet in allow-update or update-policy.',
    })
  }
}

/** Signing in place needs updates; without them named can only sign beside the file. */
function checkSigning(zone: ManagedZone, context: ZoneContext): void {
  if (!factsOf(zone, context).inlineSigning) return
  context.findings.error(zone.statement, {
    code: 'render.inline-signing',
    message: `The zone "${zone.name}" is signed beside its file, so that a standby's copy could not be signed again.`,
    remedy: 'Let the zone take updates and set inline-signing to no, so that it is signed in place.',
  })
}
