import { compareSerials } from '../base/index.ts'
import type { CheckContext } from './check.ts'
import { allZones, type SeenPart, seenZones } from './involved.ts'

type Behind =
  | Extract<SeenPart<readonly string[]>, { kind: 'seen' }>
  | (Extract<SeenPart<never>, { kind: 'unknown' }> & { readonly server: string })

/** The zones of a server that are older than on the active, by `zoneId`; or which of the two could not be asked. */
export function zonesBehind(context: CheckContext, server: string, active: string): Behind {
  const here = seenZones(context, server)
  const there = allZones(context, active)
  if (here.kind === 'unknown') return { ...here, server }
  if (there.kind === 'unknown') return { ...there, server: active }
  const value = here.value
    .filter(({ id, seen }) => {
      const serialActive = there.value.zones.get(id)?.serial
      if (seen?.serial === undefined || serialActive === undefined) return false
      return compareSerials(seen.serial, serialActive) === 'before'
    })
    .map(({ id }) => id)
  return { kind: 'seen', value }
}
