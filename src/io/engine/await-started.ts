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
 * Waits for the zones of a server whose named was started and not reconfigured since. Until a zone is loaded nobody can say what it
 * holds, nor whether it takes updates. What does not load is not waited for.
 */
export async function awaitStarted(
  { links, signal }: Pick<RunContext, 'links' | 'signal'>,
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<void, Failure>> {
  const { clock } = links
  let loadedBefore = -1
  let progressAt = clock.elapsed()
  return awaitCondition(
    { clock, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS, signal },
    async (): Promise<Look<void>> => {
      const named = await seeNamed(link)
      if (!named.ok) return { kind: 'never', failure: named.error }
      const { bootTime, configTime } = named.value
      if (bootTime !== configTime) return { kind: 'holds', value: undefined }
      const seen = await seeZones(links, link, zones)
      if (!seen.ok) return { kind: 'never', failure: seen.error }
      const loaded = zones.filter(zone => seen.value.zones.get(idOf(zone))?.serial !== undefined).length
      if (loaded > loadedBefore) progressAt = clock.elapsed()
      loadedBefore = loaded
      const isOver = loaded === zones.length || clock.elapsed() - progressAt > STALLED_MS
      return isOver
        ? { kind: 'holds', value: undefined }
        : { kind: 'not-yet', failure: stillStarting(link, loaded, zones.length) }
    },
  )
}

function stillStarting(link: ServerLink, loaded: number, all: number): Failure {
  return failure({
    code: 'engine.zones-not-right',
    subject: link.server.name,
    because: `named was started and has loaded ${loaded} of ${all} zones`,
    remedy: "named's log on that server says how far it has come.",
  })
}
