import { countOf, type Failure, ok, type Result, type Serial } from '../../../core/base/index.ts'
import type { StagedFile, StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { type ServerLink, seeNamed } from '../../observe/index.ts'
import {
  allZonesOf,
  idOf,
  type LoadedZones,
  linkTo,
  type RunContext,
  reportOf,
  type StepReport,
} from '../context.ts'
import { command } from '../control.ts'
import { applyTo } from '../files/files.ts'
import { reloadMarker } from '../files/reload-marker.ts'
import { keptPath, makeRoom, stagedPath } from '../files/staging.ts'
import { awaitLoaded } from '../zones/await-loaded.ts'
import { keptLoaded, recallLoaded } from '../zones/loaded-before.ts'

const DEPLOY_DEADLINE_MS = 120_000

/** Staged files into place, one reconfig; no zone that loaded before may fail to load now. */
export async function deploy(
  context: RunContext,
  step: StepOf<'deploy'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = allZonesOf(context, step.server)
  const before = await recallLoaded(context, link, zones)
  if (!before.ok) return before
  const installed = await install(context, link, step)
  if (!installed.ok) return installed
  const reconfigured = await reconfigure(link)
  if (!reconfigured.ok) return reconfigured
  const marked = await reloadMarkers(context, link, step)
  if (!marked.ok) return marked
  const verified = await verifyLoaded(context, link, { zones, loadedBefore: before.value })
  if (!verified.ok) return verified
  return ok(
    reportOf(
      `${countOf(step.files.length, 'file')} installed, ${countOf(verified.value, 'zone')} loaded as before`,
    ),
  )
}

/** A marker that was there before has the same type and file, so that the reconfig alone would not read it again. */
async function reloadMarkers(
  context: RunContext,
  link: ServerLink,
  step: StepOf<'deploy'>,
): Promise<Result<void, Failure>> {
  const isMarker = ({ path, digestBefore }: StagedFile) =>
    path.includes('/baton/marker/') && digestBefore !== undefined
  if (!step.files.some(isMarker)) return ok(undefined)
  for (const set of link.server.sets) {
    const reloaded = await reloadMarker(context, link, set)
    if (!reloaded.ok) return reloaded
  }
  return ok(undefined)
}

/** The files that were there before are back, named runs them, and every zone is loaded as it was. */
export async function undeploy(context: RunContext, step: StepOf<'deploy'>): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  const zones = allZonesOf(context, step.server)
  const before = await keptLoaded(context, link)
  if (!before.ok) return before
  if (before.value === undefined) return ok(undefined)
  const changed = await differing(link, step.files, ({ digestBefore }) => digestBefore)
  if (!changed.ok) return changed
  const freed = await makeRoom(link, context.plan.run)
  if (!freed.ok) return freed
  const restored = await applyTo(
    context,
    link,
    changed.value.toReversed().map(({ path, digest, digestBefore }) => ({
      path,
      wanted:
        digestBefore === undefined
          ? { kind: 'nothing' }
          : { kind: 'copy', from: keptPath(link.server, context.plan.run, path) },
      expected: [digest ?? 'nothing', digestBefore ?? 'nothing', 'nothing'],
      otherwise: 'keep',
    })),
  )
  if (!restored.ok) return restored
  const reconfigured = await reconfigure(link)
  if (!reconfigured.ok) return reconfigured
  const verified = await verifyLoaded(context, link, { zones, loadedBefore: before.value })
  return verified.ok ? ok(undefined) : verified
}

async function install(
  context: RunContext,
  link: ServerLink,
  step: StepOf<'deploy'>,
): Promise<Result<void, Failure>> {
  const changed = await differing(link, step.files, ({ digest }) => digest)
  if (!changed.ok) return changed
  return applyTo(
    context,
    link,
    changed.value.map(({ path, digest, digestBefore }) => ({
      path,
      wanted:
        digest === undefined
          ? { kind: 'nothing' }
          : { kind: 'copy', from: stagedPath(link.server, context.plan.run, path) },
      expected: [digestBefore ?? 'nothing', digest ?? 'nothing'],
    })),
  )
}

/** Only what is not yet as it should be is written: a file that could not be replaced needs no putting back. */
async function differing(
  link: ServerLink,
  files: readonly StagedFile[],
  wanted: (file: StagedFile) => string | undefined,
): Promise<Result<readonly StagedFile[], Failure>> {
  const digests = await link.host.digests(files.map(({ path }) => path))
  if (!digests.ok) return digests
  return ok(files.filter(file => digests.value.get(file.path) !== wanted(file)))
}

/**
 * A push may change the key of the control channel itself. named takes the new one with the reconfig, so the next to
 * speak to it must find out which it is; a look does, while what changes a server is never given twice.
 */
async function reconfigure(link: ServerLink): Promise<Result<void, Failure>> {
  const seen = await seeNamed(link)
  return seen.ok ? command(link, { kind: 'reconfig' }) : seen
}

/** A zone that is new here may still be waiting for its first transfer: only those that loaded before must load. */
async function verifyLoaded(
  context: RunContext,
  link: ServerLink,
  asked: { zones: readonly RenderedZone[]; loadedBefore: LoadedZones },
): Promise<Result<number, Failure>> {
  const known = asked.zones.flatMap(zone => {
    const loaded = asked.loadedBefore.get(idOf(zone))
    return loaded === undefined ? [] : [{ zone, ...loaded }]
  })
  for (const type of ['primary', 'secondary'] as const) {
    // Where only DNS can be asked the type stays unknown, and any will do.
    const ofType = known.filter(zone => zone.type === type || (type === 'primary' && zone.type === 'unknown'))
    if (ofType.length === 0) continue
    const loaded = await awaitLoaded(context, link, {
      type,
      zones: ofType.map(({ zone }) => zone),
      serials: new Map(ofType.map(({ zone, serial }) => [idOf(zone), serial as Serial])),
      deadlineMs: DEPLOY_DEADLINE_MS,
    })
    if (!loaded.ok) return loaded
  }
  return ok(known.length)
}
