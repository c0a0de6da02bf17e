export { decideBoot, decideWatch } from './decide.ts'
export { printGuardScript } from './script/print-script.ts'
export {
  ANSWERS,
  type Answer,
  BOOT_TABLE,
  type Decision,
  OWN_STANDINGS,
  type OwnStanding,
  WATCH_TABLE,
  type WatchDecision,
} from './table.ts'
