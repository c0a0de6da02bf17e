export { type DemoEvent, type DemoOptions, demo } from './demo.ts'
export {
  type LabBreakOptions,
  type LabFolder,
  type LabUpOptions,
  labBreak,
  labDown,
  labList,
  labMend,
  labUp,
} from './lab.ts'
