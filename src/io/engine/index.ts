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
export { completeRecord, findBegun } from './files/complete-record.ts'
export { removeFence } from './files/fence-records.ts'
export { installUnits } from './files/install-units.ts'
export { protectFiles } from './files/protect-files.ts'
export { removeStaged } from './files/remove-staged.ts'
export { holdLinks } from './held-links.ts'
export { type WritePause, writePauseOf } from './pause/measured-pause.ts'
export { WritePauseBudget } from './pause/pause-budget.ts'
export { fence } from './steps/fence.ts'
export { checkedSerials } from './zones/checked-serials.ts'
export { type HeldZones, type NewestSerial, newestSerials } from './zones/newest-serials.ts'
