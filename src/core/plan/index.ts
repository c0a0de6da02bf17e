export type { RoleFile, RoleFiles } from './changes.ts'
export type {
  Check,
  CheckContext,
  CheckOutcome,
  CheckSubject,
  FailoverSubject,
  RejoinSubject,
  Sighting,
} from './check.ts'
export { foreign } from './checks/fleet-is-ours.ts'
export { CHECKS, isUnknown, runChecks, stoppersOf } from './checks.ts'
export { describeStep, describeUndo } from './describe.ts'
export { type FailoverFiles, type FailoverOrder, planFailover, type TargetFiles } from './failover.ts'
export type { PlanOrder } from './order.ts'
export {
  type AnnounceStep,
  type CatchUpStep,
  type CloseStep,
  type CollectStep,
  type CompareStep,
  type ConvergeStep,
  type DemoteStep,
  type DeployStep,
  type FenceStep,
  type Fencing,
  type FileChange,
  type FreezeStep,
  type Handover,
  type InspectStep,
  type NoteStep,
  type OpenStep,
  type Operation,
  type Plan,
  POINT_OF_NO_RETURN,
  type PointOfNoReturn,
  type ProbeStep,
  type PromoteStep,
  type RaiseStep,
  type RecordStep,
  type SettleStep,
  type StagedFile,
  type StageStep,
  type Step,
  type StepKind,
} from './plan.ts'
export { type PushOrder, planPush } from './push.ts'
export { planRejoin, type RejoinOrder } from './rejoin.ts'
export type { HealStep, ReturnStep, StepDownStep } from './rejoin-steps.ts'
export { planSwitchover, type StandingFiles, type SwitchoverOrder } from './switchover.ts'
