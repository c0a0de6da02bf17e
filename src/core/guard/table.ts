import type { Code } from '../base/index.ts'

/** What a server's own state file says of a zone set, before anybody else is asked. */
export const OWN_STANDINGS = [
  'active',
  'standby',
  'state-missing',
  'state-empty',
  'state-unreadable',
  'state-future',
] as const

export type OwnStanding = (typeof OWN_STANDINGS)[number]

/**
 * What came of asking one other server for its marker, N being the own term. The heaviest comes first: of several
 * answers the heaviest decides. One that can't be trusted outweighs a confirmation, because whoever gave it may be active.
 */
export const ANSWERS = [
  /** A marker of this fleet with a term above N. */
  'higher-term',
  /** Active in term N, as this server was. */
  'rival',
  /** An answer without a valid signature of the fleet's key. */
  'wrong-key',
  /** Signed, and of another fleet. */
  'foreign-marker',
  /** Signed, and no marker of that peer and zone set. */
  'no-marker',
  /** Standby, in a term up to N. */
  'confirms',
  /** Active in a term below N: deposed, and not aware of it yet. */
  'outdated-peer',
  /** No answer in time. */
  'silent',
] as const

export type Answer = (typeof ANSWERS)[number]

/** What each answer is, for people; N is the own term. */
export const ANSWER_MEANINGS: Readonly<Record<Answer, string>> = {
  'higher-term': 'a term above N',
  rival: 'active in term N',
  'wrong-key': 'an answer without a valid signature of the fleet’s key',
  'foreign-marker': 'signed, and of another fleet',
  'no-marker': 'signed, and no marker of that peer and zone set',
  confirms: 'standby, in a term up to N',
  'outdated-peer': 'active in a term below N',
  silent: 'no answer in time, or there is nobody to ask',
}

/** The role in which named may start, and why. */
export type Decision = { readonly role: 'active' | 'standby'; readonly code: Code }

/** What a server that runs as active does. */
export type WatchDecision = { readonly action: 'stay' | 'step-down'; readonly code: Code }

/** A table: the role at the start by the own standing and the heaviest answer. Only one row says active. */
export const BOOT_TABLE: Readonly<Record<OwnStanding, Readonly<Record<Answer, Decision>>>> = {
  active: {
    'higher-term': standby('guard.higher-term'),
    rival: standby('guard.rival'),
    'wrong-key': standby('guard.wrong-key'),
    'foreign-marker': standby('guard.foreign-marker'),
    'no-marker': standby('guard.no-marker'),
    confirms: { role: 'active', code: 'guard.confirmed' },
    'outdated-peer': standby('guard.outdated-peer'),
    silent: standby('guard.nobody-answers'),
  },
  standby: whateverIsAnswered('guard.was-standby'),
  'state-missing': whateverIsAnswered('guard.state-missing'),
  'state-empty': whateverIsAnswered('guard.state-empty'),
  'state-unreadable': whateverIsAnswered('guard.state-unreadable'),
  'state-future': whateverIsAnswered('guard.state-future'),
}

/**
 * A table: what a running active does by the heaviest answer. A cut network does not depose it, for then a fault of the
 * network alone would stop all writes; only somebody's higher term does.
 */
export const WATCH_TABLE: Readonly<Record<Answer, WatchDecision>> = {
  'higher-term': { action: 'step-down', code: 'guard.higher-term' },
  rival: stay('guard.rival'),
  'wrong-key': stay('guard.wrong-key'),
  'foreign-marker': stay('guard.foreign-marker'),
  'no-marker': stay('guard.no-marker'),
  confirms: stay('guard.confirmed'),
  'outdated-peer': stay('guard.outdated-peer'),
  silent: stay('guard.nobody-answers'),
}

function standby(code: Code): Decision {
  return { role: 'standby', code }
}

function stay(code: Code): WatchDecision {
  return { action: 'stay', code }
}

function whateverIsAnswered(code: Code): Readonly<Record<Answer, Decision>> {
  const decision = standby(code)
  return {
    'higher-term': decision,
    rival: decision,
    'wrong-key': decision,
    'foreign-marker': decision,
    'no-marker': decision,
    confirms: decision,
    'outdated-peer': decision,
    silent: decision,
  }
}
