export { diskSerials } from './disk-serials.ts'
export { runFence } from './fence.ts'
export { type Checkout, descendsFrom, readCheckout } from './git.ts'
export type {
  ApplyOrder,
  CommandOutcome,
  Exposure,
  FileApplied,
  FileContent,
  FileHead,
  FolderState,
  FoldersRequest,
  GuardAction,
  HeadsRequest,
  HolderClaim,
  Host,
  HostCommand,
  OwnFolder,
  TouchRequest,
} from './host.ts'
export { HEADS_MAX } from './limits.ts'
export { localHost } from './local/local-host.ts'
export { lastSaid } from './local/processes/output.ts'
export {
  fromProc,
  identifyProcess,
  type ProcessIdentity,
  readBoot,
  readPidNamespace,
  readProcess,
  seeProcess,
} from './local/processes/process-identity.ts'
export { openHost, openOwn } from './open-host.ts'
export type { DiskSerialsRequest, ZoneFiles } from './zone-files.ts'
