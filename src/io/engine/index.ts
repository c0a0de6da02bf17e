export { checkedSerials } from './checked-serials.ts'
export { completeRecord } from './complete-record.ts'
export type { Asking, CheckedSerials, RunGround } from './context.ts'
export {
  canGoBack,
  type Execution,
  execute,
  type RunEnd,
  type RunEvent,
  turnBack,
  wasUnwell,
} from './execute.ts'
export { removeFence } from './fence-records.ts'
export { holdLinks } from './held-links.ts'
export { installUnits } from './install-units.ts'
export { type WritePause, writePauseOf } from './measured-pause.ts'
export { type HeldZones, type NewestSerial, newestSerials } from './newest-serials.ts'
export { WritePauseBudget } from './pause-budget.ts'
export { protectFiles } from './protect-files.ts'
export { removeStaged } from './remove-staged.ts'
export { fence } from './steps/fence.ts'
