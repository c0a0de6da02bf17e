import { absolutePath, countOf, type Failure, listFew, ok, type Result } from '../../../core/base/index.ts'
import { rndcZones } from '../../../core/fleet/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { seeZones } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { allZonesOf, idOf, linkTo, type RunContext, type StepReport } from '../context.ts'

/** A zone that is new on a secondary comes with its first transfer, which waits for nothing but a NOTIFY. */
const DEADLINE_MS = 60_000
/** When no further zone has come for so long, the rest will not come by itself. */
const STALLED_MS = 5000
const INTERVAL_MS = 100

/**
 * Sees every zone loaded on the servers of a push. What does not load did not load before either, or the push would
 * have been taken back: it is new, or was broken, so it is told and nothing is undone.
 */
export async function inspect(
  context: RunContext,
  step: StepOf<'inspect'>,
): Promise<Result<StepReport, Failure>> {
  const seen = await Promise.all(step.servers.map(server => lookFor(context, server)))
  const told = [...seen.flatMap(({ remarks }) => remarks), ...seen.flatMap(({ remedies }) => remedies)]
  const unwell = told.length > 0
  return ok({ remarks: unwell ? told : ['every zone is loaded'], unwell, writesAt: undefined })
}

/** What is to be said of a server, and what to do there: nothing where all is well, or where it is up to another. */
type Found = { readonly remarks: readonly string[]; readonly remedies: readonly string[] }

async function lookFor(context: RunContext, server: string): Promise<Found> {
  const { clock } = context.links
  const link = linkTo(context, server)
  const zones = allZonesOf(context, server)
  let missing: readonly string[] = []
  let missingHere: readonly string[] = []
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
      missingHere = now.filter(id => seen.value.zones.get(id)?.type === 'primary')
      const isStalled = clock.elapsed() - progressAt > STALLED_MS
      return { kind: isStalled ? 'never' : 'not-yet', failure: notLoaded(server, now) }
    },
  )
  if (waited.ok) return { remarks: [], remedies: [] }
  return {
    remarks: [`${server}: ${waited.error.because}`],
    remedies: remediesFor(context, server, missingHere),
  }
}

/** Where a zone is primary it begins: all others take it from there by themselves. */
function remediesFor(context: RunContext, server: string, missing: readonly string[]): readonly string[] {
  const first = allZonesOf(context, server).find(zone => idOf(zone) === missing[0])
  if (first === undefined) return []
  const path = absolutePath(linkTo(context, server).server.paths.directory, first.file)
  const reload = rndcZones(context.links.fleet, server, { verb: 'reload', zones: missing })
  return [
    `A new zone begins on its active: put its file on ${server} as ${path}, then \`${reload}\`. The other servers take it from there.`,
  ]
}

function notLoaded(server: string, ids: readonly string[]): Failure {
  return {
    kind: 'failure',
    code: 'engine.zones-not-right',
    subject: server,
    because: `${countOf(ids.length, 'zone')} not loaded, and not before the push either: ${listFew(ids)}`,
    remedy: 'A new zone needs its file on the active, where named looks for it.',
  }
}
