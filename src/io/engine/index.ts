export type { RunContext, RunMemory } from './context.ts'
export {
  canGoBack,
  type Execution,
  execute,
  type RunEnd,
  type RunEvent,
  turnBack,
  writePauseOf,
} from './execute.ts'
export { blankMemory, memoryOf } from './memory.ts'
export { type HeldZones, type NewestSerial, newestSerials } from './newest-serials.ts'
export { removeStaged } from './remove-staged.ts'
