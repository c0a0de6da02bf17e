import { type Failure, failure, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import { type ServerLink, seeNamed, seeZones } from '../observe/index.ts'
import { awaitCondition, type Look } from './await-condition.ts'
import { idOf, type RunContext } from './context.ts'

const INTERVAL_MS = 100
const DEADLINE_MS = 120_000
/** When no further zone has come for so long, the rest will not. */
const STALLED_MS = 5000

/**
 * Waits for the dynamic zones of a server that may just have been started or reconfigured. Until a zone is loaded nobody can say
 * what it holds, nor whether it takes updates. What does not load is not waited for.
 */
export async function awaitStarted(
  { links, signal }: Pick<RunContext, 'links' | 'signal'>,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<void, Failure>> {
  const { clock } = links
  const dynamic = zones.filter(zone => zone.dynamic)
  let loadedBefore = -1
  let progressAt = clock.elapsed()
  return awaitCondition(
    { clock, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS, signal },
    async (): Promise<Look<void>> => {
      const seen = await seeZones(links, link, zones)
      if (!seen.ok) return { kind: 'never', failure: seen.error }
      const loaded = dynamic.filter(zone => seen.value.zones.get(idOf(zone))?.serial !== undefined).length
      if (loaded === dynamic.length) return { kind: 'holds', value: undefined }
      const named = await seeNamed(link)
      if (!named.ok) return { kind: 'never', failure: named.error }
      if (loaded > loadedBefore || named.value.reloading) progressAt = clock.elapsed()
      loadedBefore = loaded
      return clock.elapsed() - progressAt > STALLED_MS
        ? { kind: 'holds', value: undefined }
        : { kind: 'not-yet', failure: stillStarting(link, loaded, dynamic.length) }
    },
  )
}

function stillStarting(link: ServerLink, loaded: number, all: number): Failure {
  return failure({
    code: 'engine.zones-not-right',
    subject: link.server.name,
    because: `named has loaded ${loaded} of ${all} zones that take updates`,
    remedy: "named's log on that server says how far it has come.",
  })
}
