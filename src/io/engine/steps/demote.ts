import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { DemoteStep } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { awaitLoaded } from '../await-loaded.ts'
import { linkTo, type RunContext, reportOf, type StepReport, zonesOf } from '../context.ts'
import { command } from '../control.ts'
import { installChanges } from '../files.ts'
import { thawOthers } from '../freezing.ts'
import { reloadMarker } from '../reload-marker.ts'

const DEMOTE_DEADLINE_MS = 120_000

/** The old active becomes a standby; its own copies serve queries at once and catch up from the new active. */
export async function demote(context: RunContext, step: DemoteStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOf(context, step.server, step.set)
  const touched = await touchZones(link, zones)
  if (!touched.ok) return touched
  const installed = await installChanges(link, step.changes)
  if (!installed.ok) return installed
  const reconfigured = await command(link, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const loaded = await awaitLoaded(context, link, {
    type: 'secondary',
    zones,
    serials: new Map(),
    deadlineMs: DEMOTE_DEADLINE_MS,
  })
  if (!loaded.ok) return loaded
  // Where it was restarted on the way it is a standby already, and serves the marker of the term before.
  const marked = await reloadMarker(context, link, step.set)
  if (!marked.ok) return marked
  const thawed = await thawOthers(context, link, step.set)
  if (!thawed.ok) return thawed
  return ok(reportOf(`${loaded.value} zones secondary`))
}

/** Expiry counts from the time of the file: one older than SOA expire would make an expired zone at once. */
export function touchZones(link: ServerLink, zones: readonly RenderedZone[]): Promise<Result<void, Failure>> {
  const paths = zones.flatMap(({ file, journal }) => [file, journal])
  return link.host.touch({ folder: link.server.paths.directory, paths })
}
