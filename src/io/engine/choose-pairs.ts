import type { RenderedZone } from '../../core/render/index.ts'
import type { ContentPair } from '../compare/index.ts'
import type { ServerLink } from '../observe/index.ts'
import { idOf, type RunMemory } from './context.ts'

/**
 * Zones that stood still, on so many servers, are compared as well; a transfer costs the servers 0.1 ms of a processor
 * and Baton as much, so that all zones of a large fleet would take longer than the switchover itself.
 */
const STILL_PAIRS_MAX = 20_000

/** What is compared after a handover, and how many zones were left out. */
export type ChosenPairs = { readonly pairs: readonly ContentPair[]; readonly left: number }

export type PairChoice = {
  readonly reference: ServerLink
  readonly servers: readonly ServerLink[]
  readonly zones: readonly RenderedZone[]
}

/**
 * Every zone that moved since the checks, on every server; then those that stood still, on peers first, up to a limit.
 * A resumed run knows of no zone that it stood still, and compares them all.
 */
export function choosePairs(memory: RunMemory, { reference, servers, zones }: PairChoice): ChosenPairs {
  const moved: ContentPair[] = []
  const still: ContentPair[] = []
  const peersFirst = servers.toSorted((left, right) => rank(left) - rank(right))
  for (const server of peersFirst) {
    const histories = [reference, server].map(({ server: { name } }) => ({
      before: memory.checked?.get(name),
      after: memory.converged.get(name),
    }))
    for (const zone of zones) {
      const id = idOf(zone)
      const serials = new Set(histories.flatMap(({ before, after }) => [before?.get(id), after?.get(id)]))
      const stoodStill = serials.size === 1 && !serials.has(undefined)
      if (stoodStill) still.push({ server, zone })
      else moved.push({ server, zone })
    }
  }
  const chosen = still.slice(0, STILL_PAIRS_MAX)
  return { pairs: [...moved, ...chosen], left: still.length - chosen.length }
}

function rank({ server }: ServerLink): number {
  return server.kind === 'peer' ? 0 : 1
}
