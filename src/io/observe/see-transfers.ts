import type { Failure } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { transferZones } from '../net/index.ts'
import type { FleetLinks, ServerLink } from './link.ts'
import { groupByView, viewKey } from './see-zones.ts'

/** Tries one transfer a view with the key that the other servers use; the failures it met. */
export async function seeTransfers(
  links: FleetLinks,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const [view, ofView] of groupByView(zones)) {
    const [sample] = ofView
    if (sample === undefined) continue
    const key = viewKey(links, view)
    await transferZones(link.dial('dns'), [sample.name], {
      key,
      deadlineMs: links.questionMs,
      onZone: (_zone, result) => {
        if (!result.ok) failures.push(result.error)
      },
    })
  }
  return failures
}
