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
export { describeStep, describeUndo, isLeftOut } from './describe.ts'
export { type FailoverFiles, type FailoverOrder, planFailover, type TargetFiles } from './failover.ts'
export type { FenceNote, FenceStep, Fences, Fencing } from './fencing.ts'
export type { FileChange, StagedFile } from './file-change.ts'
export { isNoPrimary } from './no-primary.ts'
export type { PlanOrder } from './order.ts'
export type { LoadedZone, Moment, Serials, StepOutcome } from './outcome.ts'
export { leftOutOf, type PeerRemoveOrder, planPeerRemove, type RemovalOrder } from './peer-remove.ts'
export {
  type AnnounceStep,
  type CatchUpStep,
  type CloseStep,
  type CollectStep,
  type CompareStep,
  type ConvergeStep,
  type DemoteStep,
  type DeployStep,
  type FreezeStep,
  type Handover,
  type InspectStep,
  type NoteStep,
  type OpenStep,
  type Operation,
  type Plan,
  type PlanRecord,
  type PlanVersion,
  POINT_OF_NO_RETURN,
  type PointOfNoReturn,
  type ProbeStep,
  type PromoteStep,
  type RaiseStep,
  type RecordStep,
  type SettleStep,
  type StageStep,
  type Step,
  type StepKind,
} from './plan.ts'
export { type PushOrder, planPush } from './push.ts'
export { fenceRemedy, unseenBecause } from './refuse-others.ts'
export { planRejoin, type RejoinOrder } from './rejoin.ts'
export type { HealStep, ReturnStep, StepDownStep } from './rejoin-steps.ts'
export { isStepKind } from './step-kinds.ts'
export { planSwitchover, type StandingFiles, type SwitchoverOrder } from './switchover.ts'
