import { type Failure, failure, ok, type Result } from '../../../core/base/index.ts'
import { prerequisiteOnlyUpdate } from '../../../core/dns/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { sendUpdate } from '../../net/index.ts'
import { groupByView } from '../../observe/index.ts'
import { awaitCondition, type Look } from '../await-condition.ts'
import { linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'

const PROBE_DEADLINE_MS = 30_000
const INTERVAL_MS = 100

/** An update with a prerequisite and no change: it writes nothing, and is answered by whoever takes updates. */
export async function probe(
  context: RunContext,
  step: StepOf<'probe'>,
): Promise<Result<StepReport, Failure>> {
  const samples = [...groupByView(probeable(context, step)).values()].flatMap(zones => zones.slice(0, 1))
  if (samples.length === 0) return ok(reportOf('not tried: no dynamic zone has a key that the fleet knows'))
  const refused: string[] = []
  for (const zone of samples) {
    const accepted = await probeZone(context, step, zone)
    if (!accepted.ok) refused.push(accepted.error.because)
  }
  if (refused.length === 0) return ok(reportOf(`updates sent to ${step.server} arrive at ${step.to}`))
  return ok({ remarks: refused, unwell: true, writesAt: undefined })
}

function probeable(context: RunContext, step: StepOf<'probe'>): readonly RenderedZone[] {
  return zonesOfSet(context, step.server, step.set).filter(
    ({ dynamic, updateKeys }) => dynamic && updateKeys.some(name => context.links.keys.has(name)),
  )
}

function probeZone(
  context: RunContext,
  step: StepOf<'probe'>,
  zone: RenderedZone,
): Promise<Result<void, Failure>> {
  const { dns } = linkTo(context, step.server)
  const key = zone.updateKeys.flatMap(name => context.links.keys.get(name) ?? [])[0]
  return awaitCondition(
    {
      clock: context.links.clock,
      deadlineMs: PROBE_DEADLINE_MS,
      intervalMs: INTERVAL_MS,
      signal: context.signal,
    },
    async (): Promise<Look<void>> => {
      const outcome = await sendUpdate(dns, prerequisiteOnlyUpdate(zone.name), { key })
      if (outcome.ok && outcome.value.rcode === 'NOERROR') return { kind: 'holds', value: undefined }
      if (!outcome.ok && outcome.error.code === 'net.unreachable')
        return { kind: 'never', failure: notForwarded(step, zone, 'found nobody there') }
      const answer = outcome.ok ? `answered ${outcome.value.rcode}` : `failed: ${outcome.error.because}`
      return { kind: 'not-yet', failure: notForwarded(step, zone, answer) }
    },
  )
}

function notForwarded(step: StepOf<'probe'>, zone: RenderedZone, answer: string): Failure {
  return failure({
    code: 'engine.not-forwarded',
    subject: step.server,
    because: `an update of ${zone.name} sent to ${step.server} ${answer}, so it does not arrive at ${step.to}`,
    remedy: `See allow-update-forwarding on ${step.server} and the update key on ${step.to}.`,
  })
}
