import { type Code, countOf, listFew, type Refusal, refuse } from '../base/index.ts'
import type { CheckContext } from './check.ts'
import { refuseUnknown, seenZones, type ZoneCase } from './involved.ts'

/** A question that is asked of every zone of a server. */
export type ZoneQuestion = {
  readonly code: Code
  readonly isWrong: (zone: ZoneCase) => boolean
  /** What `3 zones: a, b, c` are, to be put before them. */
  readonly words: string
  /** By the zones that are wrong. */
  readonly remedy: (zones: readonly string[]) => string
}

/** One refusal for all the zones of a server that are wrong; zones that were not seen are not right. */
export function refuseZones(
  context: CheckContext,
  server: string,
  { code, isWrong, words, remedy }: ZoneQuestion,
): readonly Refusal[] {
  const zones = seenZones(context, server)
  if (zones.kind === 'unknown') return [refuseUnknown(code, server, zones)]
  const ids = zones.value.filter(isWrong).map(({ id }) => id)
  if (ids.length === 0) return []
  return [
    refuse({
      code,
      subject: server,
      because: `${words}: ${countOf(ids.length, 'zone')} (${listFew(ids)})`,
      remedy: remedy(ids),
    }),
  ]
}
