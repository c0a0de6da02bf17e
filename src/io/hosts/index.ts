export { diskSerials } from './disk-serials.ts'
export { runFence } from './fence.ts'
export { type Checkout, descendsFrom, readCheckout } from './git.ts'
export type {
  CommandOutcome,
  FileContent,
  FileHead,
  FolderState,
  FoldersRequest,
  GuardAction,
  HeadsRequest,
  Host,
  HostCommand,
  TouchRequest,
} from './host.ts'
export { localHost } from './local/local-host.ts'
export { openHost } from './open-host.ts'
export type { DiskSerialsRequest, ZoneFiles } from './zone-files.ts'
