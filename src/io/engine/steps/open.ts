import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { OpenStep } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { awaitLoaded } from '../await-loaded.ts'
import { linkTo, type RunContext, type StepReport, zonesOf } from '../context.ts'
import { command } from '../control.ts'
import { installChanges } from '../files.ts'
import { serialsOf } from '../memory.ts'

const OPEN_DEADLINE_MS = 120_000

/** Marker and state of the new term, then the active configuration, then one reconfig; every zone is looked at. */
export async function open(context: RunContext, step: OpenStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = zonesOf(context, step.server, step.set)
  const before = await seeZones(context.links, link, zones)
  if (!before.ok) return before
  const installed = await installChanges(link, step.changes)
  if (!installed.ok) return installed
  const reconfigured = await command(link, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const loaded = await awaitLoaded(context, link, {
    type: 'primary',
    zones,
    serials: serialsOf(before.value.zones),
    deadlineMs: OPEN_DEADLINE_MS,
  })
  if (!loaded.ok) return loaded
  const remarks = [`${loaded.value} zones primary`]
  return ok({ remarks, unwell: false, writesAt: context.links.clock.now() })
}
