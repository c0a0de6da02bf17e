import { RECORD_TYPES } from '../dns/index.ts'
import type { WireRecord } from '../zonefile/index.ts'
import {
  areSame,
  changeSet,
  isOutcome,
  placeKey,
  type RecordSet,
  type RecordSets,
  type SetChange,
  splitBySet,
} from './record-sets.ts'
import { type Orphan, orphanId } from './zone-orphans.ts'

/**
 * How an orphan stands to the active:
 * - `applies`: every set that it touches is as it was at the fork, or as the orphans before it make it;
 * - `already-there`: what it wants is so, or was replayed before;
 * - `conflict`: a set that it touches was changed since;
 * - `unknown`: it is not known what was there at the fork.
 */
export type OrphanVerdict = 'applies' | 'already-there' | 'conflict' | 'unknown'

export type JudgedOrphan = {
  readonly orphan: Orphan
  readonly verdict: OrphanVerdict
  /** What is to be sent, with what each set holds before it: those sets that are not as wanted already. */
  readonly sets: readonly PreparedSet[]
  readonly obstacles: readonly Obstacle[]
}

export type PreparedSet = SetChange & { readonly before: readonly WireRecord[] }

/** A set that keeps an orphan from being replayed. */
export type Obstacle = SetChange & {
  /** Fits after "because". */
  readonly because: string
  readonly now: readonly WireRecord[]
}

/** What the orphans of a zone are held against. */
export type OrphanCase = {
  /** In their order. */
  readonly orphans: readonly Orphan[]
  /** What the active has. */
  readonly now: RecordSets
  /** What both had at the fork; nothing where it can't be known. */
  readonly atFork: RecordSets | undefined
  /** Those that were replayed before, by `orphanId`: whatever became of them since is the active's affair. */
  readonly replayed: ReadonlySet<string>
}

/** Goes through the orphans in order, as if each that applies had been replayed before the next is looked at. */
export function judgeOrphans(question: OrphanCase): readonly JudgedOrphan[] {
  const chains = chainSets(question)
  const working = new Map<string, RecordSet>()
  return question.orphans.map((orphan, index) => {
    if (question.replayed.has(orphanId(orphan)))
      return { orphan, verdict: 'already-there', sets: [], obstacles: [] }
    const sets: PreparedSet[] = []
    const obstacles: Obstacle[] = []
    for (const part of splitBySet(orphan)) {
      const key = placeKey(part)
      const current = working.get(key) ?? question.now.at(part.owner, part.type)
      const standing = standingOf({ index, part, current, chain: chains.get(key) })
      const before = [...current.values()]
      if (standing === 'to-do') {
        const blocked = blockedByAlias(part, orphan, { now: question.now, working })
        if (blocked === undefined) sets.push({ ...part, before })
        else obstacles.push({ ...part, because: blocked, now: before })
      } else if (standing !== 'there') obstacles.push({ ...part, because: BECAUSE[standing], now: before })
    }
    const isUnknown = question.atFork === undefined && obstacles.length > 0
    if (obstacles.length > 0)
      return { orphan, verdict: isUnknown ? 'unknown' : 'conflict', sets: [], obstacles }
    for (const set of sets)
      working.set(
        placeKey(set),
        changeSet(working.get(placeKey(set)) ?? question.now.at(set.owner, set.type), set),
      )
    return { orphan, verdict: sets.length > 0 ? 'applies' : 'already-there', sets, obstacles }
  })
}

/** A set as it was at the fork, and after each orphan that touches it. */
type Chain = {
  readonly states: readonly {
    readonly index: number
    readonly before: RecordSet
    readonly after: RecordSet
  }[]
  /** The last orphan after which the set was as it is on the active now; -1 for as at the fork, nothing for neither. */
  readonly reached: number | undefined
}

function chainSets({ orphans, now, atFork }: OrphanCase): ReadonlyMap<string, Chain> {
  if (atFork === undefined) return new Map()
  const states = new Map<string, { place: SetChange; states: Chain['states'][number][] }>()
  for (const [index, orphan] of orphans.entries())
    for (const part of splitBySet(orphan)) {
      const known = states.get(placeKey(part)) ?? { place: part, states: [] }
      const before = known.states.at(-1)?.after ?? atFork.at(part.owner, part.type)
      known.states.push({ index, before, after: changeSet(before, part) })
      states.set(placeKey(part), known)
    }
  return new Map(
    [...states].map(([key, { place, states }]) => {
      const current = now.at(place.owner, place.type)
      const last = states.findLast(({ after }) => areSame(after, current))
      const first = states[0]
      const isAtFork = first !== undefined && areSame(first.before, current)
      return [key, { states, reached: last?.index ?? (isAtFork ? -1 : undefined) }]
    }),
  )
}

type Standing = 'there' | 'to-do' | 'changed' | 'not-known'

const BECAUSE = {
  changed: 'it was changed on the active since the fork',
  'not-known': 'what it held at the fork is not known',
} as const

type SetQuestion = {
  readonly index: number
  readonly part: SetChange
  readonly current: RecordSet
  readonly chain: Chain | undefined
}

function standingOf({ index, part, current, chain }: SetQuestion): Standing {
  if (chain === undefined) return isOutcome(current, part) ? 'there' : 'not-known'
  if (chain.reached !== undefined && chain.reached >= index) return 'there'
  const own = chain.states.find(state => state.index === index)
  if (own !== undefined && areSame(own.before, current)) return 'to-do'
  return isOutcome(current, part) ? 'there' : 'changed'
}

const T = RECORD_TYPES
/** Types that may stand beside a CNAME (RFC 4034 section 4). */
const BESIDE_ALIAS: readonly number[] = [T.CNAME, T.RRSIG, T.NSEC, T.KEY, T.NXT]

/** named passes over an added record, without a word, that would stand beside a CNAME (RFC 2136 section 3.4.2.2). */
function blockedByAlias(
  part: SetChange,
  orphan: Orphan,
  { now, working }: { readonly now: RecordSets; readonly working: ReadonlyMap<string, RecordSet> },
): string | undefined {
  if (part.added.length === 0) return undefined
  const { owner } = part
  const parts = splitBySet(orphan)
  const willHave = (type: number) => {
    const set = working.get(placeKey({ owner, type })) ?? now.at(owner, type)
    const own = parts.find(other => other.owner === owner && other.type === type)
    return (own === undefined ? set : changeSet(set, own)).size > 0
  }
  if (part.type !== T.CNAME)
    return !BESIDE_ALIAS.includes(part.type) && willHave(T.CNAME)
      ? 'its name is an alias (CNAME) now'
      : undefined
  const others = new Set([...now.typesAt(owner), ...parts.map(({ type }) => type)])
  return [...others].some(type => !BESIDE_ALIAS.includes(type) && willHave(type))
    ? 'its name has other records now, and an alias (CNAME) stands alone'
    : undefined
}
