import type { Problem } from '../../core/base/index.ts'
import { fail, ok, type Result } from '../../core/base/index.ts'
import { findOrphans } from '../../io/rescue/index.ts'
import { findRescue, openRescueWorld } from './rescue-world.ts'
import type { Session } from './session.ts'

/** What a rescue holds that the active never received, zone by zone; zones that hold nothing are left out. */
export type OrphanCount = {
  /** By `zoneId`. */
  readonly zone: string
  /** Updates that are known one by one. */
  readonly orphans: number
  /** What keeps them from being known all. */
  readonly troubles: readonly Problem[]
}

/** Counts the orphans of one rescue: a look that changes nothing. */
export async function countOrphans(
  session: Session,
  rescue: { readonly server: string; readonly place: string },
): Promise<Result<readonly OrphanCount[], readonly Problem[]>> {
  const found = await findRescue(session, rescue)
  if (!found.ok) return found
  const zones = await findOrphans(await openRescueWorld(session), found.value)
  if (!zones.ok) return fail([zones.error])
  return ok(zones.value.map(({ id, orphans, troubles }) => ({ zone: id, orphans: orphans.length, troubles })))
}
