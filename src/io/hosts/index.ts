export { diskSerials } from './disk-serials.ts'
export { runFence } from './fence.ts'
export type {
  CommandOutcome,
  Exposure,
  FileContent,
  FileHead,
  FolderState,
  FoldersRequest,
  GuardAction,
  HeadsRequest,
  Host,
  HostCommand,
  OwnFolder,
  TouchRequest,
} from './host.ts'
export { localHost } from './local/local-host.ts'
export { openHost } from './open-host.ts'
export type { DiskSerialsRequest, ZoneFiles } from './zone-files.ts'
