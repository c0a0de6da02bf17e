export type { Expected, ExpectedServer, ExpectedZone } from './expected.ts'
export { type Explanation, explain, LAG_MAX_MS, subjectOf } from './explain.ts'
export { exposedInWords, exposedRemedy } from './exposed.ts'
export { type FenceRecord, newestFences, parseFenceRecord, printFenceRecord } from './fence-record.ts'
export { foreignInWords, foreignName, foreignRemedy, isOurs, type SaidName } from './foreign.ts'
export { judge } from './judge.ts'
export { driftedPaths } from './judge-files.ts'
export { activeAsRemoved, type RemovedPeer, removedInWords, removedRemedy } from './removed-peer.ts'
export {
  type KeyRollover,
  type KeySaid,
  type KeyStanding,
  type KeyState,
  keepsBothSignatures,
  type Rollovers,
  rolloversIn,
  type SeenKey,
} from './signing-key.ts'
export {
  type SeenConfiguration,
  type SeenDiskSerial,
  type SeenExposure,
  type SeenFiles,
  type SeenFolder,
  type SeenLock,
  type SeenMarker,
  type SeenNamed,
  type SeenPreflight,
  type SeenServer,
  type SeenStanding,
  type SeenState,
  type SeenZone,
  type SeenZones,
  type Snapshot,
  type ZoneType,
  zoneId,
} from './snapshot.ts'
export { type PeerStanding, type SetStanding, standingOf } from './standing.ts'
export type { Verdict, ZoneVerdict, ZoneVerdictKind } from './verdict.ts'
export { VERDICTS } from './verdicts.ts'
