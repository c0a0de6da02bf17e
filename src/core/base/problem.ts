import type { Code } from './codes/index.ts'

/** Your text is wrong: `baton.yaml`, a named.conf, a zone list. */
export type Diagnostic = {
  readonly kind: 'diagnostic'
  readonly code: Code
  readonly severity: 'error' | 'warning'
  /** One sentence: what is wrong, with the offending words quoted. */
  readonly message: string
  /** What to do, in a sentence; a misspelt key's likely meaning for example. */
  readonly remedy?: string
  readonly place: Place
}

/** Where in a text. */
export type Place = {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1, in characters (UTF-16 units). */
  readonly column: number
  /** From 0, in UTF-16 units, with the length of the offending part. */
  readonly offset: number
  readonly length: number
}

/** It would be unsafe, so nothing was changed. The refusal is the value: code, about what, because, remedy. */
export type Refusal = {
  readonly kind: 'refusal'
  readonly code: Code
  /** The server, zone or file it is about. */
  readonly subject: string
  readonly because: string
  readonly remedy: string
}

/** The world did not do as asked: a server, a disk, a command. */
export type Failure = {
  readonly kind: 'failure'
  readonly code: Code
  /** The server, zone, file or command it is about. */
  readonly subject: string
  readonly because: string
  readonly remedy: string
  /** How long it was tried, in milliseconds, where that says something. */
  readonly elapsedMs?: number
  /** Set where the machine itself has said that nobody listens there; what the near end of a tunnel says is said of the tunnel. */
  readonly refused?: true
}

/** Whatever can be told to a person with a code and a remedy. A defect is not among them: it is thrown. */
export type Problem = Diagnostic | Refusal | Failure

export function refuse(refusal: Omit<Refusal, 'kind'>): Refusal {
  return { kind: 'refusal', ...refusal }
}

export function failure(what: Omit<Failure, 'kind'>): Failure {
  return { kind: 'failure', ...what }
}
