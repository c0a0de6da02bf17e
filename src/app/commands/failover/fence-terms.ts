import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { Snapshot } from '../../../core/snapshot/index.ts'
import { seeFenceTexts } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/** What the records of fences tell besides who is fenced. */
export type FenceTerms = {
  /** Zone set → the newest term that a run with a fence began, or was to begin. */
  readonly terms: ReadonlyMap<string, number>
  /** What lies there and is no record. */
  readonly unclear: readonly string[]
}

/**
 * A term that a run wrote down has begun, although whoever opened in it may be gone with the word of it; also where the fence itself
 * is over. Who is silent is not waited for; what the others have must be readable.
 */
export async function readFenceTerms(
  { fleet, links }: Session,
  snapshot: Snapshot,
): Promise<Result<FenceTerms, Failure>> {
  const peers = links.servers.filter(({ server }) => server.kind === 'peer')
  const seen = await Promise.all(
    peers.map(async link => ({ link, of: await seeFenceTexts(link, fleet.name) })),
  )
  const terms = new Map<string, number>()
  const unclear: string[] = []
  for (const { link, of } of seen) {
    const isSilent = snapshot.servers.get(link.server.name)?.zones.ok !== true
    if (!of.ok && isSilent) continue
    if (!of.ok) return of
    for (const { set, term } of of.value.records) terms.set(set, Math.max(term, terms.get(set) ?? 0))
    unclear.push(...of.value.unclear.map(({ because, remedy }) => `${because}. ${remedy}`))
  }
  return ok({ terms, unclear })
}
