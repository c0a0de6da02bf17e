import { ok, type Refusal, type Result } from '../../../core/base/index.ts'
import { findServer } from '../../../core/fleet/index.ts'
import type { Fences, Fencing } from '../../../core/plan/index.ts'
import { seePresence } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/** What a person says of servers that take no writes. */
export type FenceWords = {
  /** Server name → how it is kept from writing. */
  readonly fencedByName?: ReadonlyMap<string, string> | undefined
  /** Servers at whose address somebody answers all the same, as the person knows. */
  readonly despiteAnswer?: readonly string[] | undefined
}

/**
 * Every server that is said to take no writes: by the person, or by an earlier run, whose word holds while the server is silent. Of those
 * that were removed for good no operation knows.
 */
export function fencesIn({ fences, silent }: Session, { fencedByName = NOBODY }: FenceWords): Fences {
  const recorded = [...fences].flatMap(([name, record]): (readonly [string, Fencing])[] =>
    record.ends !== 'never' && silent.has(name) ? [[name, { kind: 'record', record }]] : [],
  )
  const said = [...fencedByName].map(([name, words]) => [name, { kind: 'word', words } as const] as const)
  return new Map<string, Fencing>([...recorded, ...said])
}

/** With how somebody answers, for those of which the person knows that somebody does: the plan and the history tell it. */
export async function despiteAnswers(
  { links }: Pick<Session, 'links'>,
  fences: Fences,
  { despiteAnswer = [] }: FenceWords,
): Promise<Fences> {
  const told = await Promise.all(
    [...fences].map(async ([name, by]): Promise<readonly [string, Fencing]> => {
      if (by.kind !== 'word' || !despiteAnswer.includes(name)) return [name, by]
      const presence = await seePresence(links, name, { deadlineMs: PRESENCE_DEADLINE_MS })
      return [name, presence.kind === 'answers' ? { ...by, despite: presence.how.join(', ') } : by]
    }),
  )
  return new Map(told)
}

/** For whether somebody is there at all, in milliseconds. */
export const PRESENCE_DEADLINE_MS = 3000

/** The fences of the peers besides those two. */
export function fencesBeside(fences: Fences, ...two: readonly string[]): Fences {
  return new Map([...fences].filter(([name]) => !two.includes(name)))
}

/** A fence of a server that the fleet does not have is a slip, and the one that was meant is not fenced. */
export function knowServers({ fleet }: Session, words: FenceWords): Result<void, Refusal> {
  for (const name of [...(words.fencedByName ?? NOBODY).keys(), ...(words.despiteAnswer ?? [])]) {
    const known = findServer(fleet, name)
    if (!known.ok) return known
  }
  return ok(undefined)
}

const NOBODY: ReadonlyMap<string, string> = new Map()
