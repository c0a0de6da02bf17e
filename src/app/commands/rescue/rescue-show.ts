import { ok, type Problem, type Result } from '../../../core/base/index.ts'
import { printRecord, printRecordType } from '../../../core/dns/index.ts'
import type { JudgedOrphan } from '../../../core/rescue/index.ts'
import type { JudgedZone } from '../../../io/rescue/index.ts'
import type { OrphanStatus, RescueDocument, RescuedZoneStatus } from '../../contract/index.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'
import { type JudgedRescue, judgeRescue, type RescueOrder } from './rescue-judge.ts'
import { updateKeysOf } from './rescue-keys.ts'
import { scriptsOf } from './rescue-scripts.ts'

/** Every orphan of a rescue, and what it would meet on the active now. Changes nothing. */
export function rescueShow(
  options: SessionOptions & RescueOrder,
): Promise<Result<RescueDocument, readonly Problem[]>> {
  const ask = amongOurs<RescueDocument>(async session => {
    const judged = await judgeRescue(session, options)
    return judged.ok ? ok(rescueDocument(session, judged.value)) : judged
  })
  return withSession(options, ask)
}

export function rescueDocument(session: Session, judged: JudgedRescue): RescueDocument {
  const { rescue, manifest, zones, failures, world } = judged
  return {
    version: 1,
    document: 'rescue',
    server: rescue.server,
    place: rescue.place,
    set: manifest.set,
    term: manifest.term ?? null,
    saved: manifest.saved,
    code: manifest.code,
    zones: zones.map(zone => zoneStatus(session, zone)),
    nsupdate: scriptsOf(session, judged),
    problems: [...world.forks.failures, ...failures],
  }
}

function zoneStatus(session: Session, zone: JudgedZone): RescuedZoneStatus {
  const { rescued, active, judged, troubles } = zone
  const { fork } = rescued
  return {
    zone: rescued.zone.name,
    view: rescued.zone.view,
    active,
    fork: fork.kind === 'unknown' ? null : fork.serial,
    forkKnown: fork.kind,
    keys: updateKeysOf(session, zone),
    orphans: judged.map(orphanStatus),
    troubles,
  }
}

function orphanStatus({ orphan, verdict, obstacles }: JudgedOrphan): OrphanStatus {
  const { from, to, source, deleted, added } = orphan
  return {
    from,
    to,
    source,
    verdict,
    deleted: deleted.map(printRecord),
    added: added.map(printRecord),
    obstacles: obstacles.map(({ owner, type, because, now }) => ({
      owner,
      type: printRecordType(type),
      because,
      now: now.map(printRecord),
    })),
  }
}
