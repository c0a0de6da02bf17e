import { createHash } from 'node:crypto'
import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { RecordStep } from '../../../core/plan/index.ts'
import { printZoneLists } from '../../../core/pushed/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { keptPath } from '../staging.ts'

/** Writes down on a peer which fleet folder was pushed: the zones of all servers, and then what speaks of them. */
export async function record(context: RunContext, step: RecordStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const zones = await writeZones(context, link, step)
  if (!zones.ok) return zones
  const { path, content, mode } = step.pushed
  const written = await link.host.replace({ path, content, mode, user: link.server.user })
  return written.ok ? ok(reportOf()) : written
}

/** What was written down before is there again. */
export async function unrecord(
  context: RunContext,
  { server, zones, pushed }: RecordStep,
): Promise<Result<void, Failure>> {
  const link = linkTo(context, server)
  const { path, before, mode } = pushed
  const restored =
    before === undefined
      ? await link.host.remove(path)
      : await link.host.replace({ path, content: before, mode, user: link.server.user })
  if (!restored.ok) return restored
  const now = await digestOn(link, zones.path)
  if (!now.ok) return now
  if (now.value === zones.digestBefore) return ok(undefined)
  return zones.digestBefore === undefined
    ? link.host.remove(zones.path)
    : link.host.copy(keptPath(link.server, context.plan.run, zones.path), zones.path)
}

/** The ones before are kept first; where they are the same nothing is written. */
async function writeZones(
  context: RunContext,
  link: ServerLink,
  { zones }: RecordStep,
): Promise<Result<void, Failure>> {
  const { path, mode, digest, digestBefore } = zones
  const now = await digestOn(link, path)
  if (!now.ok) return now
  if (now.value === digest) return ok(undefined)
  if (now.value !== undefined && now.value === digestBefore) {
    const kept = await link.host.copy(path, keptPath(link.server, context.plan.run, path))
    if (!kept.ok) return kept
  }
  const content = printZoneLists(
    new Map([...context.rendered].map(([name, server]) => [name, server.zones] as const)),
  )
  if (createHash('sha256').update(content).digest('hex') !== digest) return fail(otherZones(context))
  return link.host.replace({ path, content, mode, user: link.server.user })
}

async function digestOn({ host }: ServerLink, path: string): Promise<Result<string | undefined, Failure>> {
  const digests = await host.digests([path])
  return digests.ok ? ok(digests.value.get(path)) : digests
}

/** Whoever resumes with another folder has been refused before; this is for a folder that changed since. */
function otherZones({ plan }: RunContext): Failure {
  return failure({
    code: 'engine.other-sources',
    subject: plan.run,
    because: 'the zones of the fleet are not those that it began with',
    remedy: '`baton rollback` takes the push back; then push again.',
  })
}
