import type { FileChange } from './plan.ts'

/**
 * A server that another one's promotion deposed steps down: its guard freezes it, saves what it holds in `baton/rescue`,
 * takes that out of named's way and makes it standby in the term of the active, whether named runs there or not.
 */
export type StepDownStep = {
  readonly kind: 'step-down'
  readonly server: string
  readonly set: string
  /** The term that the active is in. */
  readonly term: number
  /** RFC 3339, UTC. */
  readonly since: string
  /** The guard itself and what it reads, as they are to be before it is ordered; nothing in version 1. */
  readonly guard?: readonly FileChange[] | undefined
}

/**
 * named on the server answers, and its marker says standby. Where it does not run, a person starts it; where it runs as active,
 * because somebody started it with what was there before, it steps down once more.
 */
export type ReturnStep = {
  readonly kind: 'return'
  readonly server: string
  readonly to: string
  readonly set: string
  /** The term that the active is in, and since when; RFC 3339, UTC. */
  readonly term: number
  readonly since: string
}

/** Whatever is not equal to the active by content is transferred anew, until it is. */
export type HealStep = {
  readonly kind: 'heal'
  readonly servers: readonly string[]
  readonly to: string
  readonly set: string
}
