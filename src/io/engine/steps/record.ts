import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { applyTo, installChanges, restoreChanges } from '../files/files.ts'
import { keptPath, makeRoom } from '../files/staging.ts'

/** Writes down on a peer which fleet folder was pushed: the zones of all servers, and then what speaks of them. */
export async function record(
  context: RunContext,
  step: StepOf<'record'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = await writeZones(context, link, step)
  if (!zones.ok) return zones
  const written = await installChanges(context, link, [step.pushed])
  return written.ok ? ok(reportOf()) : written
}

/** What was written down before is there again. */
export async function unrecord(
  context: RunContext,
  { server, zones, pushed }: StepOf<'record'>,
): Promise<Result<void, Failure>> {
  const link = linkTo(context, server)
  const freed = await makeRoom(link, context.plan.run)
  if (!freed.ok) return freed
  const restored = await restoreChanges(context, link, [pushed])
  if (!restored.ok) return restored
  const now = await digestOn(link, zones.path)
  if (!now.ok) return now
  if (now.value === zones.digestBefore) return ok(undefined)
  const from = keptPath(link.server, context.plan.run, zones.path)
  const wanted =
    zones.digestBefore === undefined ? ({ kind: 'nothing' } as const) : ({ kind: 'copy', from } as const)
  return applyTo(context, link, [{ path: zones.path, wanted }])
}

/** The ones before are kept first; where they are the same nothing is written. */
async function writeZones(
  context: RunContext,
  link: ServerLink,
  { zones }: StepOf<'record'>,
): Promise<Result<void, Failure>> {
  const { path, mode, digest, digestBefore } = zones
  const now = await digestOn(link, path)
  if (!now.ok) return now
  if (now.value === digest) return ok(undefined)
  if (now.value !== undefined && now.value === digestBefore) {
    const kept = await link.host.copy(path, keptPath(link.server, context.plan.run, path))
    if (!kept.ok) return kept
  }
  const content = await context.contentOf(digest ?? '')
  if (!content.ok) return content
  const wanted = { kind: 'content', content: content.value, mode, user: link.server.user } as const
  return applyTo(context, link, [{ path, wanted, expected: [digestBefore ?? 'nothing'] }])
}

async function digestOn({ host }: ServerLink, path: string): Promise<Result<string | undefined, Failure>> {
  const digests = await host.digests([path])
  return digests.ok ? ok(digests.value.get(path)) : digests
}
