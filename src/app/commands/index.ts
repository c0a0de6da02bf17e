export { CODE_ENTRIES } from '../../core/plan/index.ts'
export { type FailoverOptions, prepareFailover } from './failover/failover.ts'
export type { FenceWords } from './failover/fences.ts'
export { guardInstall } from './guard/guard-install.ts'
export { guardStatus } from './guard/guard-status.ts'
export { guardTest } from './guard/guard-test.ts'
export type { HandoverOrder } from './handover/handover.ts'
export { type NothingToRun, type PreparedRun, planDocument } from './handover/prepared.ts'
export { prepareSwitchover, type SwitchoverOptions } from './handover/switchover.ts'
export { check } from './look/check.ts'
export { diff } from './look/diff.ts'
export { renderTo } from './look/render.ts'
export { status, statusOf } from './look/status.ts'
export { type PeerRemoveOptions, type PreparedPeerRemove, preparePeerRemove } from './push/peer-remove.ts'
export { type PreparedPush, type PushOptions, preparePush } from './push/push.ts'
export {
  type PreparedRejoin,
  prepareRejoin,
  prepareResolve,
  type RejoinOptions,
  type ResolveOptions,
} from './rejoin/rejoin.ts'
export { type PreparedReplay, prepareReplay, type RescueApplyOptions } from './rescue/rescue-apply.ts'
export { type PreparedDiscard, prepareDiscard } from './rescue/rescue-discard.ts'
export { rescueList } from './rescue/rescue-list.ts'
export { onlyScript } from './rescue/rescue-scripts.ts'
export { rescueShow } from './rescue/rescue-show.ts'
export { describeUnfinished, previewUnfinished } from './runs/describe-unfinished.ts'
export { history } from './runs/history.ts'
export type { RunWatch } from './runs/run.ts'
export { resume, rollback, type UnfinishedOptions } from './runs/unfinished.ts'
export { openSession, type SessionOptions } from './session/session.ts'
export { type VerifyOptions, verify } from './verify/verify.ts'
