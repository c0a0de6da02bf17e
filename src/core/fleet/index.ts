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
export { fleetJsonSchema, type JsonSchema } from './json-schema.ts'
export {
  findServer,
  findZoneSet,
  isManaged,
  markerOf,
  otherPeers,
  peersOf,
  secondariesFollowing,
} from './lookup.ts'
export { type FleetReading, parseFleet, readFleet } from './parse.ts'
export { rndcCommand, rndcZones } from './rndc-command.ts'
