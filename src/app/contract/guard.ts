import type { Instant, Problem } from '../../core/base/index.ts'

type Head<Name extends string> = { readonly version: 1; readonly document: Name }

/** What the guards of the peers are, and what they did last. */
export type GuardStatusDocument = Head<'guard-status'> & {
  readonly fleet: string
  readonly taken: Instant
  readonly well: boolean
  readonly servers: readonly GuardStatus[]
}

export type GuardStatus = {
  readonly server: string
  /** The script on the server, against the one of this Baton; `unknown` when its files can't be read. */
  readonly script: 'current' | 'different' | 'missing' | 'unknown'
  /** What runs the script: its units in systemd, or nothing that Baton could look at. */
  readonly units: 'current' | 'different' | 'missing' | 'no-systemd' | 'unknown'
  /** When its timer last called it, in milliseconds before `taken`; nothing when it never did. */
  readonly watchedAgoMs: number | null
  /** The last line of each zone set, `*` for all where the state could not be read. */
  readonly decisions: readonly GuardDecision[]
  /** What is wrong or worth knowing. */
  readonly findings: readonly GuardFinding[]
}

export type GuardDecision = {
  readonly set: string
  readonly at: string
  readonly agoMs: number
  /** How the guard was called: `boot`, `watch`, `step-down`. */
  readonly mode: string
  readonly outcome: 'active' | 'standby' | 'unsafe' | 'waits' | 'refused'
  readonly code: string
  readonly remark: string
}

export type GuardFinding = {
  readonly severity: 'problem' | 'notice'
  readonly code: string
  readonly because: string
  readonly remedy: string
}

/** What every guard would decide if its server started now. */
export type GuardTestDocument = Head<'guard-test'> & {
  readonly fleet: string
  /** Whether every peer would start in the role that it should have. */
  readonly well: boolean
  readonly trials: readonly GuardTrial[]
  /** Why a guard could not be tried. */
  readonly problems: readonly Problem[]
}

export type GuardTrial = {
  readonly server: string
  readonly set: string
  /** The role that the server should have: active where it is, in the newest term. */
  readonly role: 'active' | 'standby'
  /** The role in which it would start. */
  readonly would: 'active' | 'standby'
  readonly term: number | null
  readonly code: string
  readonly meaning: string
  readonly remedy: string
  readonly heard: readonly { readonly server: string; readonly answer: string; readonly meaning: string }[]
  readonly elapsedMs: number
}

/** What is to be put on the peers so that something runs their guards. */
export type GuardInstallDocument = Head<'guard-install'> & {
  readonly fleet: string
  readonly servers: readonly GuardInstallation[]
}

export type GuardInstallation = {
  readonly server: string
  readonly startedBy: 'systemd' | 'script'
  readonly files: readonly {
    readonly path: string
    readonly change: 'new' | 'changed' | 'same'
    readonly content: string
  }[]
  /** Paths that others than root could change; installing gives them to root. */
  readonly exposed: readonly string[]
  /** Whether the files are there: always, unless it was only shown. */
  readonly written: boolean
  /** Why Baton may not write them itself; nothing when it may, or they are there. */
  readonly obstacle: string | null
  /** What a person has to type as root, or to put into the script that starts named. */
  readonly commands: readonly string[]
}
