export { digestOf, digestsOf, type FileDigests, type FolderTexts, folderDigest } from './digest.ts'
export { FOLDER_BASE_PATH, type FolderBase, parseFolderBase, printFolderBase } from './folder-base.ts'
export {
  PUSHED_MODE,
  PUSHED_PATH,
  PUSHED_ZONES_PATH,
  type Pushed,
  type PushedFile,
  type PushedFiles,
  type PushedFolder,
} from './pushed.ts'
export {
  changesWithRole,
  type PushedRecord,
  type PushedRendering,
  type PushOrigin,
  recordOf,
  saysTheSame,
} from './record.ts'
export { type PushedProblem, parsePushed, printPushed } from './text.ts'
export { parseZoneLists, printZoneLists, type ZoneLists } from './zone-lists.ts'
