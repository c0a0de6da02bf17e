import { type Failure, fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { activesLast } from './boot.ts'
import type { Break, ServerBreakage, ServerBreakKind, ZoneBreakage, ZoneBreakKind } from './break.ts'
import { drift, twoActives } from './break-configuration.ts'
import { crash, hang } from './break-process.ts'
import { corrupt, fork, freeze } from './break-zone.ts'
import { isSameBreak, readBreaks, writeBreaks } from './breaks.ts'
import { findLabServer, type Lab, type LabServer, openLab } from './record.ts'
import { type LabZone, labZones } from './zones.ts'

const SERVER_BREAKAGES: Readonly<Record<ServerBreakKind, ServerBreakage>> = {
  crash,
  hang,
  drift,
  'two-actives': twoActives,
}

const ZONE_BREAKAGES: Readonly<Record<ZoneBreakKind, ZoneBreakage>> = { freeze, corrupt, fork }

/** What hangs is let go on first; then files are put right, then servers started, and only then asked for anything. */
const MEND_ORDER: readonly Break['kind'][] = [
  'hang',
  'corrupt',
  'drift',
  'two-actives',
  'crash',
  'freeze',
  'fork',
]

/** Breaks one thing in the lab in this folder, and notes it so that `mendLab` can undo it. */
export async function breakLab(folder: string, what: Break): Promise<Result<void, Failure | Refusal>> {
  const lab = openLab(folder)
  if (!lab.ok) return lab
  const server = findLabServer(lab.value, what.server)
  if (!server.ok) return server
  const before = readBreaks(lab.value, server.value)
  if (before.some(other => isSameBreak(other, what))) return refuseBroken(what)
  // Noted first: whoever finds the note of a break that never came about undoes nothing.
  const noted = writeBreaks(lab.value, server.value, [...before, what])
  if (!noted.ok) return noted
  const inflicted = await apply(lab.value, server.value, { what, action: 'inflict' })
  if (inflicted.ok) return inflicted
  const cleared = writeBreaks(lab.value, server.value, before)
  return cleared.ok ? inflicted : cleared
}

/** Undoes everything that was broken, the actives' last so that somebody confirms them, and says what that was. */
export async function mendLab(folder: string): Promise<Result<readonly Break[], Failure | Refusal>> {
  const lab = openLab(folder)
  if (!lab.ok) return lab
  const servers = activesLast(lab.value)
  if (!servers.ok) return servers
  const mended: Break[] = []
  for (const server of servers.value) {
    for (const what of inMendOrder(readBreaks(lab.value, server))) {
      const undone = await apply(lab.value, server, { what, action: 'undo' })
      if (!undone.ok) return undone
      const rest = readBreaks(lab.value, server).filter(other => !isSameBreak(other, what))
      const noted = writeBreaks(lab.value, server, rest)
      if (!noted.ok) return noted
      mended.push(what)
    }
  }
  return ok(mended)
}

function inMendOrder(breaks: readonly Break[]): readonly Break[] {
  return MEND_ORDER.flatMap(kind => breaks.filter(what => what.kind === kind))
}

type BreakStep = { readonly what: Break; readonly action: 'inflict' | 'undo' }

async function apply(lab: Lab, server: LabServer, step: BreakStep): Promise<Result<void, Failure | Refusal>> {
  if (!('zone' in step.what)) return SERVER_BREAKAGES[step.what.kind][step.action](lab, server)
  const zone = findZone(lab, step.what.zone)
  if (!zone.ok) return zone
  return ZONE_BREAKAGES[step.what.kind][step.action]({ lab, server, zone: zone.value })
}

function findZone(lab: Lab, name: string): Result<LabZone, Refusal> {
  const zone = labZones(lab.plan).find(candidate => candidate.name === name)
  if (zone !== undefined) return ok(zone)
  return fail(
    refuse({
      code: 'lab.unknown-zone',
      subject: name,
      because: `The lab has no zone "${name}".`,
      remedy: `Its zones are z1.example to z${lab.plan.zones}.example.`,
    }),
  )
}

function refuseBroken(what: Break): Result<never, Refusal> {
  return fail(
    refuse({
      code: 'lab.broken-already',
      subject: what.server,
      because: `"${what.kind}" was done to ${what.server} before.`,
      remedy: '`baton lab mend` undoes what was broken; or break something else.',
    }),
  )
}
