export {
  type SeenFiles,
  type SeenLock,
  type SeenMarker,
  type SeenNamed,
  type SeenServer,
  type SeenState,
  type SeenZone,
  type SeenZones,
  type Snapshot,
  type ZoneType,
  zoneId,
} from './snapshot.ts'
