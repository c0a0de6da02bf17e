/**
 * What a step found or did, for a later step or for whoever resumes it: kept in the journal, so that a resumed run knows all that
 * the process knew which died. Each field is written by one kind of step.
 */
export type StepOutcome = {
  /** Of settle: the serials that were proven to be on the disk of the new active. */
  readonly proven?: Serials
  /** Of freeze: the moment from which updates may have been refused, before the order was given. */
  readonly stopping?: Moment
  /** Of a promotion that was taken back: the moment at which updates were open again on the old active. */
  readonly opened?: Moment
  /** With it: the serials at which the would-be active is frozen. What it has later it took when nobody expected it any more. */
  readonly left?: Serials
  /** Of catch-up, and of a promotion that froze again: the serials at which the old active is frozen. */
  readonly frozen?: Serials
  /** Of converge: the servers that have every serial. */
  readonly converged?: readonly string[]
  /** Of converge: server → the zones that moved there since the checks; left out where nobody knows how they stood then. */
  readonly moved?: Readonly<Record<string, readonly string[]>>
  /** Of raise: the serial to which each zone is to be raised; written down before the first one is. */
  readonly goals?: Serials
  /** Of deploy: the zones that were loaded before a file was replaced. */
  readonly loaded?: Readonly<Record<string, LoadedZone>>
}

/** `zoneId` → serial. */
export type Serials = Readonly<Record<string, number>>

/** A moment by two clocks: the second one only tells how far apart two moments of one process are. */
export type Moment = {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Milliseconds by a clock that nobody can set. */
  readonly elapsed: number
}

/** A zone that was loaded before a push touched its server. */
export type LoadedZone = { readonly serial: number; readonly type: string }
