import type { Step } from './step.ts'

/** What would be done, in pieces: what is shown is what is journaled is what runs. Plain data, versioned. */
export type Plan = {
  readonly version: PlanVersion
  readonly run: string
  readonly operation: Operation
  readonly fleet: string
  /** Of version 1 alone: SHA-256 (hex) over what the fleet folder rendered to; whoever resumes must have the same. */
  readonly fingerprint?: string | undefined
  /** From version 2 on: what else of the fleet the run needs, so that whoever resumes needs no fleet folder. */
  readonly record?: PlanRecord | undefined
  /** `person@machine`. */
  readonly by: string
  readonly reason: string | undefined
  /** RFC 3339, UTC. */
  readonly created: string
  /** Who gives the role to whom, or steps down for whom; nothing where no role is passed. */
  readonly handover: Handover | undefined
  /** The unfinished run that this one ends once it is done, and whose locks it holds until then. */
  readonly supersedes?: string | undefined
  readonly steps: readonly Step[]
}

/** 1 went by the fleet folder of whoever resumed it; 2 stands on its own record. */
export type PlanVersion = 1 | 2

export type PlanRecord = {
  /** The version of the Baton that made the plan. */
  readonly baton: string
  /** Server → the BIND release it ran, such as `9.18`; a server that did not say is left out. */
  readonly releases: Readonly<Record<string, string>>
  /** SHA-256 (hex) of the list of every server's zones, which lies beside the plan. */
  readonly zones: string
}

const OPERATIONS = ['switchover', 'failover', 'rejoin', 'resolve', 'push', 'peer-remove'] as const

export type Operation = (typeof OPERATIONS)[number]

/** Whether this Baton knows such an operation; a plan that a newer one wrote may be of another. */
export function isOperation(word: unknown): word is Operation {
  return OPERATIONS.some(operation => operation === word)
}

export type Handover = {
  readonly set: string
  readonly from: string
  readonly to: string
  readonly termBefore: number
  readonly termAfter: number
  /** Servers left out: because a person said so (`--without`), and in a failover all that do not answer. */
  readonly without: readonly string[]
}
