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
export { foreign } from './checks/roles/fleet-is-ours.ts'
export { CHECKS, isUnknown, runChecks, stoppersOf } from './checks.ts'
export { CODE_ENTRIES } from './code-entries.ts'
export { type FailoverFiles, type FailoverOrder, planFailover, type TargetFiles } from './failover.ts'
export type { FenceNote, Fences, Fencing } from './fencing.ts'
export type { FileChange, StagedFile } from './file-change.ts'
export { isNoPrimary } from './no-primary.ts'
export type { PlanOrder } from './order.ts'
export type { LoadedZone, Moment, Serials, StepOutcome } from './outcome.ts'
export { leftOutOf, type PeerRemoveOrder, planPeerRemove, type RemovalOrder } from './peer-remove.ts'
export {
  type Handover,
  isOperation,
  type Operation,
  type Plan,
  type PlanRecord,
  type PlanVersion,
} from './plan.ts'
export { type PushOrder, planPush } from './push.ts'
export { fenceRemedy, unseenBecause } from './refuse-others.ts'
export { planRejoin, type RejoinOrder } from './rejoin.ts'
export {
  describeStep,
  describeUndo,
  isLeftOut,
  isStepKind,
  type PointOfNoReturn,
  pointOfNoReturn,
  type Step,
  type StepKind,
  type StepOf,
} from './step.ts'
export { STEPS } from './steps.ts'
export { planSwitchover, type StandingFiles, type SwitchoverOrder } from './switchover.ts'
