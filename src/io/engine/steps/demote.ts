import { countOf, type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { type ServerLink, seeStopped } from '../../observe/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport, zonesOfSet } from '../context.ts'
import { installChanges } from '../files/files.ts'
import { reloadMarker } from '../files/reload-marker.ts'
import { RECONFIGURE_DEADLINE_MS, reconfigureAs, touchZones } from '../reconfigure.ts'
import {
  replaceStrays,
  savedInWords,
  saveOwnUpdates,
  saveStopped,
  type ZonesTaken,
} from '../zones/own-updates.ts'

/**
 * The old active becomes a standby; its own copies serve queries at once and catch up from the new active. What it took since it was
 * frozen is saved first. One that does not answer is a standby only where it is proven that it has stopped: then its files make it one.
 */
export async function demote(
  context: RunContext,
  step: StepOf<'demote'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const own = { server: step.server, against: step.to, set: step.set }
  const saved = await saveOwnUpdates(context, own)
  if (saved.ok) return demoteRunning(context, step, saved.value)
  const stopped = await seeStopped(context.links, link, step.set)
  if (stopped.kind === 'stopped') return demoteStopped(context, link, step)
  // A guard that refuses, or a disk, is what it says; who does not answer is not proven to have stopped.
  return isUnheard(saved.error) ? fail(silent(step, stopped.because)) : saved
}

async function demoteRunning(
  context: RunContext,
  step: StepOf<'demote'>,
  taken: ZonesTaken,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const loaded = await reconfigureAs(context, link, {
    type: 'secondary',
    zones: zonesOfSet(context, step.server, step.set),
    serials: new Map(),
    deadlineMs: RECONFIGURE_DEADLINE_MS,
    install: step.changes,
  })
  if (!loaded.ok) return loaded
  // Where it was restarted on the way it is a standby already, and serves the marker of the term before.
  const marked = await reloadMarker(context, link, step.set)
  if (!marked.ok) return marked
  await replaceStrays(context, { set: step.set, zones: taken, except: [step.server, step.to] })
  return ok(withTaken(step, taken, `${countOf(loaded.value, 'zone')} secondary`))
}

async function demoteStopped(
  context: RunContext,
  link: ServerLink,
  step: StepOf<'demote'>,
): Promise<Result<StepReport, Failure>> {
  const own = { server: step.server, against: step.to, set: step.set }
  const saved = await saveStopped(context, own)
  if (!saved.ok) return saved
  const touched = await touchZones(link, zonesOfSet(context, step.server, step.set))
  if (!touched.ok) return touched
  const installed = await installChanges(context, link, step.changes)
  if (!installed.ok) return installed
  const report = withTaken(
    step,
    saved.value,
    `named on ${step.server} does not run; it will start as a standby`,
  )
  return ok({ ...report, unwell: true })
}

function withTaken({ server, to, set }: StepOf<'demote'>, taken: ZonesTaken, remark: string): StepReport {
  if (taken.length === 0) return reportOf(remark)
  return { ...reportOf(remark, savedInWords({ server, against: to, set }, taken)), unwell: true }
}

/** Nobody spoke: neither a refusal by named nor anything that went wrong with files. */
function isUnheard({ code }: Failure): boolean {
  return code.startsWith('net.') || code.startsWith('statistics.') || code.startsWith('rndc.')
}

function silent({ server, to }: StepOf<'demote'>, because: string): Failure {
  return failure({
    code: 'engine.old-active-silent',
    subject: server,
    because: `${server} does not answer, and it is not proven that it has stopped: ${because}`,
    remedy: `Bring ${server} back, or stop its named, then \`baton resume\`. If ${server} is lost, fence it: \`baton failover --fenced …\` ends this run; ${to} stays active.`,
  })
}
