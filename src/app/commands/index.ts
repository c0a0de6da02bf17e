export { CODE_ENTRIES } from '../../core/plan/index.ts'
export { check } from './check.ts'
export { describeUnfinished, previewUnfinished } from './describe-unfinished.ts'
export { diff } from './diff.ts'
export { type FailoverOptions, prepareFailover } from './failover.ts'
export type { FenceWords } from './fences.ts'
export { guardInstall } from './guard-install.ts'
export { guardStatus } from './guard-status.ts'
export { guardTest } from './guard-test.ts'
export type { HandoverOrder } from './handover.ts'
export { history } from './history.ts'
export { type PeerRemoveOptions, type PreparedPeerRemove, preparePeerRemove } from './peer-remove.ts'
export { type NothingToRun, type PreparedRun, planDocument } from './prepared.ts'
export { type PreparedPush, type PushOptions, preparePush } from './push.ts'
export {
  type PreparedRejoin,
  prepareRejoin,
  prepareResolve,
  type RejoinOptions,
  type ResolveOptions,
} from './rejoin.ts'
export { renderTo } from './render.ts'
export { type PreparedReplay, prepareReplay, type RescueApplyOptions } from './rescue-apply.ts'
export { type PreparedDiscard, prepareDiscard } from './rescue-discard.ts'
export { rescueList } from './rescue-list.ts'
export { onlyScript } from './rescue-scripts.ts'
export { rescueShow } from './rescue-show.ts'
export type { RunWatch } from './run.ts'
export { openSession, type SessionOptions } from './session.ts'
export { status, statusOf } from './status.ts'
export { prepareSwitchover, type SwitchoverOptions } from './switchover.ts'
export { resume, rollback, type UnfinishedOptions } from './unfinished.ts'
export { type VerifyOptions, verify } from './verify.ts'
