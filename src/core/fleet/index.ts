export { DEFAULT_SET, SERVER_DEFAULTS } from './defaults.ts'
export type {
  ControlChannel,
  Endpoint,
  Fleet,
  Group,
  KeyReference,
  Peer,
  Policy,
  Reach,
  Secondary,
  Server,
  ServerBase,
  ServerPaths,
  View,
  ZoneSet,
  ZoneSource,
} from './fleet.ts'
export { listWords } from './list-words.ts'
export {
  findServer,
  findZoneSet,
  isManaged,
  markerOf,
  otherPeers,
  peersOf,
  secondariesFollowing,
} from './lookup.ts'
export { rndcCommand, rndcZones } from './rndc-command.ts'
export { suggest } from './suggest.ts'
export { withoutPeers } from './without-peers.ts'
