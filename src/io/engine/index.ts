export type { Asking, RunContext, RunMemory } from './context.ts'
export {
  canGoBack,
  type Execution,
  execute,
  type RunEnd,
  type RunEvent,
  turnBack,
  wasUnwell,
  writePauseOf,
} from './execute.ts'
export { removeFence } from './fence-records.ts'
export { holdLinks } from './held-links.ts'
export { installUnits } from './install-units.ts'
export { blankMemory, memoryOf } from './memory.ts'
export { type HeldZones, type NewestSerial, newestSerials } from './newest-serials.ts'
export { removeStaged } from './remove-staged.ts'
export { fence } from './steps/fence.ts'
