import type { Failure, Refusal, Result } from '../../core/base/index.ts'
import type { Lab, LabServer } from './record.ts'
import type { LabZone } from './zones.ts'

/** What can be broken on a whole server. */
export const SERVER_BREAKS = ['crash', 'hang', 'drift', 'two-actives'] as const

/** What can be broken about one zone on a server. */
export const ZONE_BREAKS = ['freeze', 'corrupt', 'fork'] as const

export type ServerBreakKind = (typeof SERVER_BREAKS)[number]

export type ZoneBreakKind = (typeof ZONE_BREAKS)[number]

/**
 * One thing that goes wrong in practice:
 * - `crash`: the process is killed, nothing is saved;
 * - `hang`: the process is there, and answers nobody;
 * - `drift`: somebody edits what named reads, behind Baton's back;
 * - `two-actives`: somebody installs a standby's active configuration by hand, and two servers take writes;
 * - `freeze`: somebody froze the zone and forgot it, so updates are refused;
 * - `corrupt`: the zone's file is spoilt, which shows at the next load;
 * - `fork`: a server has other content under the same serial.
 */
export type Break =
  | { readonly kind: ServerBreakKind; readonly server: string }
  | { readonly kind: ZoneBreakKind; readonly server: string; readonly zone: string }

/** How a server is broken, and how that is undone. Undoing what is whole already does no harm. */
export type ServerBreakage = {
  inflict(lab: Lab, server: LabServer): Promise<Result<void, Failure | Refusal>>
  undo(lab: Lab, server: LabServer): Promise<Result<void, Failure | Refusal>>
}

/** The same for one zone of a server. */
export type ZoneBreakage = {
  inflict(place: ZonePlace): Promise<Result<void, Failure | Refusal>>
  undo(place: ZonePlace): Promise<Result<void, Failure | Refusal>>
}

export type ZonePlace = { readonly lab: Lab; readonly server: LabServer; readonly zone: LabZone }
