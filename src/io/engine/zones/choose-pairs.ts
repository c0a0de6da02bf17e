import type { StepOutcome } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import type { ContentPair } from '../../compare/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { idOf } from '../context.ts'

/**
 * Of zones that stood still so many copies are compared as well, all of them in a fleet of some hundred zones. A handover
 * changes nothing in them, and to transfer all of a large fleet would take longer than the switchover itself.
 */
const STILL_PAIRS_MAX = 4_000

/** What is compared after a handover, and how many zones were left out. */
export type ChosenPairs = { readonly pairs: readonly ContentPair[]; readonly left: number }

export type PairChoice = {
  readonly reference: ServerLink
  readonly servers: readonly ServerLink[]
  readonly zones: readonly RenderedZone[]
}

/**
 * Every zone that moved since the checks, on every server; then those that stood still, peers first; beyond the limit, as
 * many, spread over all servers and all zones. Where nobody knows which zones moved all of them are compared.
 */
export function choosePairs(
  known: StepOutcome['moved'],
  { reference, servers, zones }: PairChoice,
): ChosenPairs {
  const moved: ContentPair[] = []
  const still: ContentPair[] = []
  const peersFirst = servers.toSorted((left, right) => rank(left) - rank(right))
  for (const server of peersFirst) {
    const movedOf = [reference, server].map(({ server: { name } }) => known?.[name])
    const isKnown = movedOf.every(ids => ids !== undefined)
    const movedIds = new Set(movedOf.flatMap(ids => ids ?? []))
    for (const zone of zones) {
      const stoodStill = isKnown && !movedIds.has(idOf(zone))
      if (stoodStill) still.push({ server, zone })
      else moved.push({ server, zone })
    }
  }
  const chosen = spread(still, STILL_PAIRS_MAX)
  return { pairs: [...moved, ...chosen], left: still.length - chosen.length }
}

/** At most so many, at equal distances. */
function spread<Item>(items: readonly Item[], countMax: number): readonly Item[] {
  const distance = Math.max(1, items.length / countMax)
  return Array.from(
    { length: Math.min(items.length, countMax) },
    (_, index) => items.at(index * distance) as Item,
  )
}

function rank({ server }: ServerLink): number {
  return server.kind === 'peer' ? 0 : 1
}
