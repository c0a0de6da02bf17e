import { type Failure, ok, type Result, type Serial } from '../../../core/base/index.ts'
import type { DeployStep } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import type { SeenZone } from '../../../core/snapshot/index.ts'
import { type ServerLink, seeZones } from '../../observe/index.ts'
import { awaitLoaded } from '../await-loaded.ts'
import { idOf, linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { command } from '../control.ts'
import { keptPath, stagedPath } from '../staging.ts'

const DEPLOY_DEADLINE_MS = 120_000

/** Staged files into place, one reconfig; no zone that loaded before may fail to load now. */
export async function deploy(context: RunContext, step: DeployStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = context.rendered.get(step.server)?.zones ?? []
  const before = await seeZones(context.links, link, zones)
  const installed = await install(context, link, step)
  if (!installed.ok) return installed
  const reconfigured = await command(link, { kind: 'reconfig' })
  if (!reconfigured.ok) return reconfigured
  const loadedBefore = before.ok ? before.value.zones : new Map<string, SeenZone>()
  const verified = await verifyLoaded(context, link, { zones, loadedBefore })
  if (!verified.ok) return verified
  return ok(reportOf(`${step.files.length} files installed, ${verified.value} zones loaded as before`))
}

/** The files that were there before are back, and named runs them. */
export async function undeploy(context: RunContext, step: DeployStep): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  for (const { path, digestBefore } of step.files.toReversed()) {
    const restored =
      digestBefore === undefined
        ? await link.host.remove(path)
        : await link.host.copy(keptPath(link.server, context.plan.run, path), path)
    if (!restored.ok) return restored
  }
  return command(link, { kind: 'reconfig' })
}

async function install(
  context: RunContext,
  link: ServerLink,
  step: DeployStep,
): Promise<Result<void, Failure>> {
  for (const { path, digest } of step.files) {
    const done =
      digest === undefined
        ? await link.host.remove(path)
        : await link.host.copy(stagedPath(link.server, context.plan.run, path), path)
    if (!done.ok) return done
  }
  return ok(undefined)
}

/** A zone that is new here may still be waiting for its first transfer: only those that loaded before must load. */
async function verifyLoaded(
  context: RunContext,
  link: ServerLink,
  asked: { zones: readonly RenderedZone[]; loadedBefore: ReadonlyMap<string, SeenZone> },
): Promise<Result<number, Failure>> {
  const known = asked.zones.flatMap(zone => {
    const seen = asked.loadedBefore.get(idOf(zone))
    return seen?.serial === undefined ? [] : [{ zone, serial: seen.serial, type: seen.type }]
  })
  for (const type of ['primary', 'secondary'] as const) {
    const ofType = known.filter(zone => zone.type === type)
    const loaded = await awaitLoaded(context, link, {
      type,
      zones: ofType.map(({ zone }) => zone),
      serials: new Map<string, Serial>(ofType.map(({ zone, serial }) => [idOf(zone), serial])),
      deadlineMs: DEPLOY_DEADLINE_MS,
    })
    if (!loaded.ok) return loaded
  }
  return ok(known.length)
}
