import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import type { HeldPlace, JournalCopy } from './copy.ts'
import { type HoldNeeded, readGenerations, type SeenGenerations, seeHeld } from './holder.ts'
import { answersOf, lateFailure } from './patience.ts'

export type LookedFor = {
  readonly run: string
  readonly generation: number
  readonly copies: readonly JournalCopy[]
  /** Servers without a copy on which the run is held as well. */
  readonly holds: readonly HeldPlace[]
}

/** Still held, or where it was seen that somebody else holds it. */
type Look = 'held' | { readonly overtakenIn: readonly HeldPlace[] }

/**
 * Sees whether a process still holds its run. The place where something is about to be changed, or one copy on a peer, is waited for; the
 * others are looked at too, because somebody who left that place out may have taken the run over there, but they are waited for only
 * briefly. A place that still owes an answer isn't asked again meanwhile.
 */
export function lookForHolder({
  run,
  generation,
  copies,
  holds,
}: LookedFor): (need: HoldNeeded) => Promise<Result<Look, Failure>> {
  const owing = new Map<HeldPlace, number>()
  const look = async (place: HeldPlace): Promise<Result<SeenGenerations, Failure>> => {
    owing.set(place, (owing.get(place) ?? 0) + 1)
    try {
      const [seen] = await readGenerations([place], run)
      return seen === undefined ? fail(late(place)) : ok(seen)
    } finally {
      const left = (owing.get(place) ?? 1) - 1
      if (left > 0) owing.set(place, left)
      else owing.delete(place)
    }
  }
  const isIn = ({ seen }: SeenGenerations) => seen.ok && seen.value.includes(generation)
  return async need => {
    const all: readonly HeldPlace[] = typeof need === 'object' ? [...copies, ...holds] : copies
    const own = typeof need === 'object' ? all.filter(({ name }) => name === need.at) : []
    const must: readonly HeldPlace[] = own.length > 0 ? own : peersOr(copies)
    const mustAll = own.length > 0 || need === 'every-copy'
    const free = all.filter(place => !owing.has(place) || (mustAll && must.includes(place)))
    const asked = need !== 'every-copy' && free.some(place => must.includes(place)) ? free : all
    const answers = await answersOf<SeenGenerations>(
      asked.map(place => ({
        answer: look(place),
        isEnough: answer => need !== 'every-copy' && must.includes(place) && answer.ok && isIn(answer.value),
      })),
    )
    const looks = all.map((copy): SeenGenerations => {
      const answer = answers[asked.indexOf(copy)]
      return answer?.ok ? answer.value : { copy, seen: fail(late(copy)) }
    })
    const held = seeHeld(looks, generation, need)
    if (!held.ok || held.value === 'held') return held.ok ? ok('held') : held
    return ok({ overtakenIn: looks.flatMap(({ copy, seen }) => (seen.ok ? [copy] : [])) })
  }
}

function peersOr(copies: readonly JournalCopy[]): readonly JournalCopy[] {
  const peers = copies.filter(({ locked }) => locked)
  return peers.length > 0 ? peers : copies
}

function late({ name, folder }: HeldPlace): Failure {
  return lateFailure(name, `has not listed ${folder}`)
}
