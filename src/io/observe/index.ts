export { attend, type LookWatch } from './attend.ts'
export {
  type Doors,
  type Endpoints,
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
export { linksAmong } from './links-among.ts'
export { type Observation, observe } from './observe.ts'
export { ownFolder, type ServerHolds } from './own-folder.ts'
export {
  type ActiveThrough,
  type Contacts,
  seeActiveThrough,
  type ThroughQuestion,
} from './see-active-through.ts'
export { seeDisk } from './see-disk.ts'
export { fencePath, type SeenFences, seeFences, seeFenceTexts } from './see-fences.ts'
export { batonFolder, seeState } from './see-files.ts'
export { type FrozenFile, seeAllStatic, seeFrozen, seeFrozenFiles, type ZoneName } from './see-frozen.ts'
export { type SeenBriefly, seeFrozenBriefly } from './see-frozen-briefly.ts'
export { seeKeyStates } from './see-key-states.ts'
export { seeMarker } from './see-marker.ts'
export { seeNamed } from './see-named.ts'
export { complaintsIn, type PreflightQuestions } from './see-preflight.ts'
export { type Presence, type PresenceLimits, seePresence } from './see-presence.ts'
export { type SeenPush, seePushed, seePushedZones } from './see-pushed.ts'
export { seeSigningKeys } from './see-signing-keys.ts'
export { type Stopped, seeStopped } from './see-stopped.ts'
export { seeDumps, seeUnwritten } from './see-unwritten.ts'
export { groupByView, seeZones, seeZonesByDns, viewKey } from './see-zones.ts'
