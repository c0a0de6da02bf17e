export { attend, type LookWatch } from './attend.ts'
export {
  type Doors,
  type FleetLinks,
  fleetKey,
  type LinkOptions,
  LOOK_DEADLINE_MS,
  linkOf,
  type OpenControl,
  openLinks,
  QUESTION_DEADLINE_MS,
  type ServerLink,
} from './link.ts'
export { type Observation, observe } from './observe.ts'
export {
  type ActiveThrough,
  type Contacts,
  seeActiveThrough,
  type ThroughQuestion,
} from './see-active-through.ts'
export { seeDisk } from './see-disk.ts'
export { batonFolder, seeState } from './see-files.ts'
export { type FrozenFile, seeFrozen, seeFrozenFiles, type ZoneName } from './see-frozen.ts'
export { seeMarker } from './see-marker.ts'
export { seeNamed } from './see-named.ts'
export { complaintsIn, type PreflightQuestions } from './see-preflight.ts'
export { type SeenPush, seePushed, seePushedZones } from './see-pushed.ts'
export { seeSigningKeys } from './see-signing-keys.ts'
export { seeDumps, seeUnwritten } from './see-unwritten.ts'
export { groupByView, seeZones, seeZonesByDns, viewKey } from './see-zones.ts'
