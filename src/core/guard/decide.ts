import {
  ANSWERS,
  type Answer,
  BOOT_TABLE,
  type Decision,
  type OwnStanding,
  WATCH_TABLE,
  type WatchDecision,
} from './table.ts'

/** The role in which a server's zone set may start, by its own state and what the other servers answered. */
export function decideBoot(own: OwnStanding, answers: readonly Answer[]): Decision {
  return BOOT_TABLE[own][heaviest(answers)]
}

/** What a server does that runs as active, by what the other servers answer. */
export function decideWatch(answers: readonly Answer[]): WatchDecision {
  return WATCH_TABLE[heaviest(answers)]
}

/** Nobody asked is nobody heard. */
function heaviest(answers: readonly Answer[]): Answer {
  return ANSWERS.find(answer => answers.includes(answer)) ?? 'silent'
}
