import { Dice } from './dice.ts'

/** How an active goes: a lab where a disk cannot be frozen does without the last. */
export const ENDS = ['killed', 'stopped', 'cut-off', 'hung', 'disk-frozen'] as const

export type End = (typeof ENDS)[number]

/**
 * How the old active comes back: started behind its guard; running as it was until its guard deposes it; running as it was
 * until a person keeps the other; or not at all before the rejoin asks for it.
 */
export const RETURNS = ['boot', 'watch', 'resolve', 'down'] as const

export type Return = (typeof RETURNS)[number]

/** One failover, drawn from its seed alone. Times are milliseconds. */
export type Round = {
  readonly seed: number
  readonly end: End
  /** What the others meet at an active that is cut off: a closed door, or no answer ever. */
  readonly silence: 'refused' | 'swallowed'
  /** From the first update to the end of the active. */
  readonly writingMs: number
  /** Servers that stand still for so long before the end, and learn of nothing meanwhile. */
  readonly lags: ReadonlyMap<string, number>
  /** Secondaries that are dead from before the end to after the failover. */
  readonly down: readonly string[]
  readonly serials: 'raised' | 'kept'
  readonly awayMs: number
  readonly comesBack: Return
  /** Whether the dead secondaries are there again before the old active is, or after. */
  readonly downUntil: 'return' | 'rejoin'
  /** How long the old active runs before anybody deposes it, where it comes back as it was. */
  readonly rivalMs: number
  readonly writingAfterMs: number
}

const WRITING_MS = [300, 2_000] as const
const LAG_MS = [50, 1_200] as const
const AWAY_MS = [0, 600] as const
const RIVAL_MS = [0, 600] as const
const AFTER_MS = [200, 700] as const
const LAG_PERCENT = 40
const DOWN_PERCENT = 20
const SWALLOWED_PERCENT = 25
const KEPT_PERCENT = 35

/** The seeds of so many rounds, from one. */
export function drawSeeds(seed: number, rounds: number): readonly number[] {
  const dice = new Dice(seed)
  return Array.from({ length: rounds }, () => dice.next())
}

export type Cast = {
  readonly standby: string
  readonly secondaries: readonly string[]
  /** What can be done to the active on this machine. */
  readonly ends: readonly [End, ...End[]]
}

/** The same round for the same seed, and the same ends that can be had. */
export function drawRound(seed: number, { standby, secondaries, ends }: Cast): Round {
  const dice = new Dice(seed)
  const end = dice.pick(ENDS)
  const instead = dice.pick(ends)
  const silence = dice.happens(SWALLOWED_PERCENT) ? 'swallowed' : 'refused'
  const writingMs = dice.between(...WRITING_MS)
  const lags = new Map(
    [standby, ...secondaries].flatMap(server => {
      const lagMs = Math.min(dice.between(...LAG_MS), writingMs)
      return dice.happens(LAG_PERCENT) ? [[server, lagMs] as const] : []
    }),
  )
  return {
    seed,
    // A machine that can do less has another round for this seed, and every other round is the same.
    end: ends.includes(end) ? end : instead,
    silence,
    writingMs,
    lags,
    down: secondaries.filter(() => dice.happens(DOWN_PERCENT)),
    serials: dice.happens(KEPT_PERCENT) ? 'kept' : 'raised',
    awayMs: dice.between(...AWAY_MS),
    comesBack: dice.pick(RETURNS),
    downUntil: dice.pick(['return', 'rejoin']),
    rivalMs: dice.between(...RIVAL_MS),
    writingAfterMs: dice.between(...AFTER_MS),
  }
}

const RETURN_WORDS: Readonly<Record<Return, string>> = {
  boot: 'back behind its guard',
  watch: 'back as it was, deposed by its guard',
  resolve: 'back as it was, deposed by a person',
  down: 'started while it was rejoined',
}

/** In a line. */
export function describeRound({ end, silence, lags, down, serials, comesBack }: Round): string {
  return [
    end === 'cut-off' ? `cut off (${silence})` : end,
    ...[...lags].map(([server, lagMs]) => `${server} ${lagMs} ms behind`),
    ...down.map(server => `${server} down`),
    `serials ${serials}`,
    RETURN_WORDS[comesBack],
  ].join(', ')
}
