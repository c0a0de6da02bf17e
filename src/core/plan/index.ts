export type { Check, CheckContext, CheckOutcome, CheckSubject } from './check.ts'
export { CHECKS, runChecks, stoppersOf } from './checks.ts'
export { describeStep, describeUndo } from './describe.ts'
export {
  type AnnounceStep,
  type CatchUpStep,
  type CompareStep,
  type ConvergeStep,
  type DemoteStep,
  type DeployStep,
  type FileChange,
  type FreezeStep,
  type Handover,
  type InspectStep,
  type Operation,
  type Plan,
  POINT_OF_NO_RETURN,
  type ProbeStep,
  type PromoteStep,
  type SettleStep,
  type StagedFile,
  type StageStep,
  type Step,
  type StepKind,
} from './plan.ts'
export { type PushOrder, planPush } from './push.ts'
export { planSwitchover, type RoleFile, type StandingFiles, type SwitchoverOrder } from './switchover.ts'
