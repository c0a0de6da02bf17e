export { decideBoot, decideWatch } from './decide.ts'
export { type GuardLine, type GuardOutcome, readGuardLine } from './read-line.ts'
export { printGuardScript } from './script/print-script.ts'
export {
  ANSWER_MEANINGS,
  ANSWERS,
  type Answer,
  BOOT_TABLE,
  type Decision,
  OWN_STANDINGS,
  type OwnStanding,
  WATCH_TABLE,
  type WatchDecision,
} from './table.ts'
export { isUnitName, NAMED_UNITS, printUnits, type UnitFile } from './units.ts'
