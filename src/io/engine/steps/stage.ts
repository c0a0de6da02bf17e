import { dirname } from 'node:path'
import { countOf, type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import { decodeConf, encodeConf } from '../../../core/namedconf/index.ts'
import type { StagedFile, StepOf } from '../../../core/plan/index.ts'
import { complaintsIn, type ServerLink } from '../../observe/index.ts'
import { allZonesOf, linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { applyTo } from '../files/files.ts'
import { configurationsOf, protectFiles } from '../files/protect-files.ts'
import { keptPath, stagedPath, stagingFolder } from '../files/staging.ts'
import { sweepUnfinished } from '../zones/sweep.ts'

const CHECKCONF_DEADLINE_MS = 120_000
const COMPLAINTS_SHOWN_MAX = 3
/** A configuration may hold keys. */
const TRIAL_MODE = 0o640

/** New files beside the old ones, tried by the server's own named-checkconf; the old ones kept for the way back. */
export async function stage(
  context: RunContext,
  step: StepOf<'stage'>,
): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const replaceable = await refuseLinks(link, step)
  if (!replaceable.ok) return replaceable
  const protectedNow = await protectFiles(link, {
    files: [...configurationsOf(link), ...step.files.filter(({ digest }) => digest !== undefined)],
    zones: allZonesOf(context, step.server),
  })
  if (!protectedNow.ok) return protectedNow
  const folders = new Set(step.files.map(({ path }) => dirname(path)))
  const swept = await sweepUnfinished(link.host, [...folders], context.links.clock.now())
  if (!swept.ok) return swept
  const kept = await keepOld(context, link, step.files)
  if (!kept.ok) return kept
  const staged = await stageFiles(context, link, step.files)
  if (!staged.ok) return staged
  const trials = await layTrials(context, link, step.files)
  if (!trials.ok) return trials
  const checked = await checkStaged(context, link)
  if (!checked.ok) return checked
  const remarks = [`${countOf(step.files.length, 'file')} staged and accepted`]
  if (swept.value > 0) remarks.push(`${countOf(swept.value, 'file')} of interrupted writes removed`)
  return ok(reportOf(...remarks))
}

/** Nothing installed was touched: what was laid beside goes away. */
export function unstage(context: RunContext, step: StepOf<'stage'>): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  return link.host.remove(stagingFolder(link.server, context.plan.run))
}

/** What cannot be replaced at the end is better known before anything is installed anywhere. */
async function refuseLinks(link: ServerLink, step: StepOf<'stage'>): Promise<Result<void, Failure>> {
  const links = await link.host.links(step.files.map(({ path }) => path))
  if (!links.ok) return links
  const [path] = links.value
  if (path === undefined) return ok(undefined)
  return fail(
    failure({
      code: 'hosts.symbolic-link',
      subject: link.server.name,
      because: `${path} is a symbolic link, and Baton would have to cut it off from what it points to`,
      remedy: `Put a copy in its place: \`cp --remove-destination "$(readlink -f ${path})" ${path}\`, and push again.`,
    }),
  )
}

/** The old files as they are to come back: what is kept must be what the plan saw, or a colleague has changed it since. */
async function keepOld(
  context: RunContext,
  link: ServerLink,
  files: readonly StagedFile[],
): Promise<Result<void, Failure>> {
  const { run } = context.plan
  const old = files.filter(({ digestBefore }) => digestBefore !== undefined)
  for (const { path } of old) {
    const wanted = { kind: 'copy', from: path } as const
    const kept = await applyTo(context, link, [{ path: keptPath(link.server, run, path), wanted }])
    if (!kept.ok) return kept
  }
  const digests = await link.host.digests(old.map(({ path }) => keptPath(link.server, run, path)))
  if (!digests.ok) return digests
  const changed = old.find(
    ({ path, digestBefore }) => digests.value.get(keptPath(link.server, run, path)) !== digestBefore,
  )
  return changed === undefined ? ok(undefined) : fail(changedMeanwhile(link, changed.path))
}

/** What is new or changed, from the record of the run. */
async function stageFiles(
  context: RunContext,
  link: ServerLink,
  files: readonly StagedFile[],
): Promise<Result<void, Failure>> {
  for (const { path, mode, digest } of files) {
    if (digest === undefined) continue
    const content = await context.contentOf(digest)
    if (!content.ok) return content
    const target = stagedPath(link.server, context.plan.run, path)
    const wanted = { kind: 'content', content: content.value, mode, user: link.server.user } as const
    const written = await applyTo(context, link, [{ path: target, wanted }])
    if (!written.ok) return written
  }
  return ok(undefined)
}

/**
 * Copies of the server's configurations, to be tried as a whole: they include by absolute path, and so their copies name what is
 * staged. What does not change is included from where it is installed.
 */
async function layTrials(
  context: RunContext,
  link: ServerLink,
  files: readonly StagedFile[],
): Promise<Result<void, Failure>> {
  const { run } = context.plan
  const staged = files.filter(({ digest }) => digest !== undefined).map(({ path }) => path)
  const redirect = (text: string) =>
    staged.reduce(
      (redirected, path) => redirected.replaceAll(`"${path}"`, `"${stagedPath(link.server, run, path)}"`),
      text,
    )
  for (const { path } of configurationsOf(link)) {
    const from = staged.includes(path) ? stagedPath(link.server, run, path) : path
    const read = await link.host.read(from)
    if (!read.ok) return read
    const content = encodeConf(redirect(decodeConf(read.value)))
    const wanted = { kind: 'content', content, mode: TRIAL_MODE, user: link.server.user } as const
    const trial = await applyTo(context, link, [{ path: trialPath(link, run, path), wanted }])
    if (!trial.ok) return trial
  }
  return ok(undefined)
}

function trialPath(link: ServerLink, run: string, path: string): string {
  return `${stagedPath(link.server, run, path)}.trial`
}

async function checkStaged(context: RunContext, link: ServerLink): Promise<Result<void, Failure>> {
  const { run } = context.plan
  for (const { path } of configurationsOf(link)) {
    const file = trialPath(link, run, path)
    const outcome = await link.host.run({
      kind: 'named-checkconf',
      file,
      zones: false,
      deadlineMs: CHECKCONF_DEADLINE_MS,
    })
    if (!outcome.ok) return outcome
    const { exit, stdout, stderr } = outcome.value
    if (exit === 0) continue
    const complaints = complaintsIn(asInstalled(link, run, `${stdout}\n${stderr}`)).slice(
      0,
      COMPLAINTS_SHOWN_MAX,
    )
    return fail(refusedByCheckconf(link, path, complaints))
  }
  return ok(undefined)
}

/** A person knows a file by the place where it would be, with the same line numbers. */
function asInstalled(link: ServerLink, run: string, output: string): string {
  return output
    .replaceAll(
      stagedPath(link.server, run, link.server.paths.configuration),
      link.server.paths.configuration,
    )
    .replaceAll('.conf.trial:', '.conf:')
}

function changedMeanwhile({ server: { name } }: ServerLink, path: string): Failure {
  return failure({
    code: 'hosts.changed-meanwhile',
    subject: `${name}:${path}`,
    because: `${path} on ${name} was changed by somebody else after this push was planned`,
    remedy: '`baton diff` shows in what it differs from the fleet folder; then push again.',
  })
}

function refusedByCheckconf(link: ServerLink, path: string, complaints: readonly string[]): Failure {
  return failure({
    code: 'engine.configuration-refused',
    subject: link.server.name,
    because: `named-checkconf refuses what ${path} would be: ${complaints.join('; ')}`,
    remedy: 'Fix what it names in the fleet folder, and push again. Nothing was installed.',
  })
}
