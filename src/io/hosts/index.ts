export { type DiskSerialsRequest, diskSerials, type ZoneFiles } from './disk-serials.ts'
export type {
  CommandOutcome,
  FileContent,
  FileHead,
  FolderState,
  FoldersRequest,
  HeadsRequest,
  Host,
  HostCommand,
  TouchRequest,
} from './host.ts'
export { localHost } from './local/local-host.ts'
export { openHost } from './open-host.ts'
