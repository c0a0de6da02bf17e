import type { Fleet, Server } from '../fleet/index.ts'
import type { Role } from './rendered.ts'

/** The paths of what Baton writes on one server, all absolute. */
export type Layout = {
  /** What named reads. */
  readonly configuration: string
  /** The two that a peer's `named.conf` is a copy of. */
  readonly roleConfiguration: (role: Role) => string
  /** The operator's base, as it was when this was rendered. */
  readonly base: string
  /** Keys, and what the zones refer to. */
  readonly shared: string
  /** The zone blocks of one set and view. */
  readonly zones: (folder: ZonesFolder, part: ZonePart) => string
  readonly marker: (role: Role, set: string) => string
  readonly state: string
  /** The script that settles the role before named starts. */
  readonly guard: string
  /** What the guard signs its questions with: one key alone. */
  readonly guardKey: string
  /** How the guard commands this server's named, as rndc.conf. */
  readonly guardControl: string
  /** The files of the managed zones, for the guard to save. */
  readonly guardZones: string
}

/**
 * Which blocks a file holds: on a peer those of a role, or those of an active that is closed to updates, as in the
 * middle of a failover; on a secondary those of its only role.
 */
export type ZonesFolder = Role | 'closed' | 'zones'

/** One file of zone blocks: those of a set in a view. */
export type ZonePart = { readonly set: string; readonly view: string | undefined }

/** What a fleet without views calls its only file of zone blocks. */
const VIEW_DEFAULT = 'default'

/** Where each file of a server belongs; with several zone sets the parts of each are told apart by its name. */
export function layoutOf(fleet: Fleet, server: Server): Layout {
  const top = server.paths.configuration
  const alone = fleet.zoneSets.length === 1
  return {
    configuration: `${top}/named.conf`,
    roleConfiguration: role => `${top}/named.${role}.conf`,
    base: `${top}/baton/base.conf`,
    shared: `${top}/baton/shared.conf`,
    zones: (folder, part) =>
      `${top}/baton/${folder}/${alone ? '' : `${part.set}/`}${part.view ?? VIEW_DEFAULT}.zones.conf`,
    marker: (role, set) => `${top}/baton/marker/${alone ? '' : `${set}.`}${role}.db`,
    state: `${top}/baton/state`,
    guard: `${top}/baton/guard`,
    guardKey: `${top}/baton/guard.key`,
    guardControl: `${top}/baton/guard.rndc`,
    guardZones: `${top}/baton/guard.zones`,
  }
}
