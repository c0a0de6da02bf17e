/**
 * named.conf as BIND 9 reads it: a tree that keeps every byte, edits as data, and typed readings of the
 * statements that matter. It knows no files: texts come in, texts go out.
 */
export {
  appendIfAbsent,
  appendStatement,
  type Holder,
  insertAfter,
  insertBefore,
  removeStatement,
  replacePart,
  replaceStatement,
  replaceValue,
  setOption,
} from './build-edits.ts'
export { DIAGNOSTICS_MAX, diagnose, placeOf } from './diagnose.ts'
export { applyEdits, type Edit, sortEdits } from './edits.ts'
export { decodeConf, encodeConf } from './encoding.ts'
export {
  INCLUDE_DEPTH_MAX,
  INCLUDED_FILES_MAX,
  type IncludeReader,
  type Resolution,
  resolveIncludes,
} from './includes.ts'
export { BLOCK_DEPTH_MAX, parse } from './parse.ts'
export { print } from './print.ts'
export { quote } from './quote.ts'
export {
  blockOf,
  bodyOf,
  findStatement,
  findStatements,
  hasKeyword,
  keywordOf,
  lowerCase,
  textOf,
  valueIn,
  valuesOf,
} from './read.ts'
export type { Source } from './source.ts'
export type { Block, ConfFile, Part, Span, Statement, Token } from './tree.ts'
export { type Acl, aclsOf, readAcl } from './views/acl.ts'
export {
  type ControlChannel,
  controlsOf,
  type StatisticsChannel,
  statisticsChannelsOf,
} from './views/channels.ts'
export {
  type DnssecPolicy,
  dnssecPoliciesOf,
  type PolicyKey,
  readDnssecPolicy,
} from './views/dnssec-policy.ts'
export { type Include, includesOf } from './views/include.ts'
export { type Key, keysOf, readKey } from './views/key.ts'
export { keysInMatchList, type Match, type MatchElement, readMatchList } from './views/match-list.ts'
export { type Options, optionsOf } from './views/options.ts'
export type { Reading } from './views/reading.ts'
export {
  type RemoteServer,
  type RemoteServers,
  readRemoteServers,
  remoteServersOf,
} from './views/remote-servers.ts'
export { readBoolean, readDuration } from './views/scalars.ts'
export { readView, type View, viewsOf } from './views/view.ts'
export { readZone, type Zone, type ZoneType, zonesOf } from './views/zone.ts'
