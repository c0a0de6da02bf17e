import { type Failure, listFew, ok, type Result } from '../../../core/base/index.ts'
import type { InspectStep } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { idOf, linkTo, type RunContext, type StepReport } from '../context.ts'
import { countOf } from '../count-of.ts'

/** A zone that is new on a secondary comes with its first transfer, which waits for nothing but a NOTIFY. */
const DEADLINE_MS = 60_000
/** When no further zone has come for so long, the rest will not come by itself. */
const STALLED_MS = 5000
const INTERVAL_MS = 100

/**
 * Sees every zone loaded on the servers of a push. What does not load did not load before either, or the push would
 * have been taken back: it is new, or was broken, so it is told and nothing is undone.
 */
export async function inspect(context: RunContext, step: InspectStep): Promise<Result<StepReport, Failure>> {
  const seen = await Promise.all(step.servers.map(server => lookFor(context, server)))
  const missing = seen.flat()
  const unwell = missing.length > 0
  return ok({ remarks: unwell ? missing : ['every zone is loaded'], unwell, writesAt: undefined })
}

/** What is to be said of a server: nothing where all is well. */
async function lookFor(context: RunContext, server: string): Promise<readonly string[]> {
  const { clock } = context.links
  const link = linkTo(context, server)
  const zones = context.rendered.get(server)?.zones ?? []
  let missing: readonly string[] = []
  let progressAt = clock.elapsed()
  const waited = await awaitCondition(
    { clock, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS, signal: context.signal },
    async (): Promise<Look<void>> => {
      const seen = await seeZones(context.links, link, zones)
      if (!seen.ok) return { kind: 'never', failure: seen.error }
      const now = zones.map(idOf).filter(id => seen.value.zones.get(id)?.serial === undefined)
      if (now.length === 0) return { kind: 'holds', value: undefined }
      if (now.length !== missing.length) progressAt = clock.elapsed()
      missing = now
      const isStalled = clock.elapsed() - progressAt > STALLED_MS
      return { kind: isStalled ? 'never' : 'not-yet', failure: notLoaded(server, now) }
    },
  )
  return waited.ok ? [] : [`${server}: ${waited.error.because}. ${waited.error.remedy}`]
}

function notLoaded(server: string, ids: readonly string[]): Failure {
  return {
    kind: 'failure',
    code: 'engine.zones-not-right',
    subject: server,
    because: `${countOf(ids.length, 'zone')} not loaded, and not before the push either: ${listFew(ids)}`,
    remedy:
      'A new zone needs its file on the active, where named looks for it; then `rndc reload ZONE` there.',
  }
}
