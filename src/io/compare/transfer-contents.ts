import type { DomainName } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { transferZones } from '../net/index.ts'
import { type FleetLinks, groupByView, type ServerLink, viewKey } from '../observe/index.ts'
import type { ContentLog } from './content-log.ts'

/** A server and what is to be transferred from it, by `zoneId`. */
export type WantedZones = ReadonlyMap<ServerLink, ReadonlyMap<string, RenderedZone>>

/** For all zones of one view of one server together, in milliseconds. */
const TRANSFERS_DEADLINE_MS = 600_000

/** Transfers zones from all servers at once, notes what each had, and tells how many were asked for. */
export async function transferContents(
  links: FleetLinks,
  wanted: WantedZones,
  log: ContentLog,
): Promise<number> {
  const counts = await Promise.all(
    [...wanted].map(async ([server, zones]) => {
      await transferFrom(links, server, { zones: [...zones.values()], log })
      return zones.size
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** One view after the other, each with the key that leads to it. */
async function transferFrom(
  links: FleetLinks,
  { server, dial }: ServerLink,
  { zones, log }: { readonly zones: readonly RenderedZone[]; readonly log: ContentLog },
): Promise<void> {
  for (const [view, ofView] of groupByView(zones)) {
    const ids = new Map<DomainName, string>(ofView.map(({ name }) => [name, zoneId(name, view)]))
    await transferZones(dial('dns'), [...ids.keys()], {
      key: viewKey(links, view),
      deadlineMs: TRANSFERS_DEADLINE_MS,
      onZone: (name, content) => log.add(server.name, ids.get(name) ?? name, content),
    })
  }
}
