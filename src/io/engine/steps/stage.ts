import { dirname } from 'node:path'
import { countOf, type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import { encodeConf } from '../../../core/namedconf/index.ts'
import type { StageStep } from '../../../core/plan/index.ts'
import type { RenderedFile } from '../../../core/render/index.ts'
import { complaintsIn, type ServerLink } from '../../observe/index.ts'
import { linkTo, type RunContext, reportOf, type StepReport } from '../context.ts'
import { protectFiles } from '../protect-files.ts'
import { keptPath, stagedPath, stagingFolder } from '../staging.ts'
import { sweepUnfinished } from '../sweep.ts'

const CHECKCONF_DEADLINE_MS = 120_000
const COMPLAINTS_SHOWN_MAX = 3

/** New files beside the old ones, tried by the server's own named-checkconf; the old ones kept for the way back. */
export async function stage(context: RunContext, step: StageStep): Promise<Result<StepReport, Failure>> {
  const link = linkTo(context, step.server)
  const { run } = context.plan
  const protectedNow = await protectFiles(link, context.rendered.get(step.server))
  if (!protectedNow.ok) return protectedNow
  const replaceable = await refuseLinks(link, step)
  if (!replaceable.ok) return replaceable
  const folders = new Set(step.files.map(({ path }) => dirname(path)))
  const swept = await sweepUnfinished(link.host, [...folders], context.links.clock.now())
  if (!swept.ok) return swept
  for (const { path, digestBefore } of step.files) {
    if (digestBefore === undefined) continue
    const kept = await link.host.copy(path, keptPath(link.server, run, path))
    if (!kept.ok) return kept
  }
  const rendered = context.rendered.get(step.server)?.files ?? []
  const staged = await stageFiles(context, link, rendered)
  if (!staged.ok) return staged
  const checked = await checkStaged(context, link)
  if (!checked.ok) return checked
  const remarks = [`${countOf(step.files.length, 'file')} staged and accepted`]
  if (swept.value > 0) remarks.push(`${countOf(swept.value, 'file')} of interrupted writes removed`)
  return ok(reportOf(...remarks))
}

/** Nothing installed was touched: what was laid beside goes away. */
export function unstage(context: RunContext, step: StageStep): Promise<Result<void, Failure>> {
  const link = linkTo(context, step.server)
  return link.host.remove(stagingFolder(link.server, context.plan.run))
}

/** What cannot be replaced at the end is better known before anything is installed anywhere. */
async function refuseLinks(link: ServerLink, step: StageStep): Promise<Result<void, Failure>> {
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

/** Every rendered file, so that what includes what can be checked as a whole; paths lead to the staged ones. */
async function stageFiles(
  context: RunContext,
  link: ServerLink,
  files: readonly RenderedFile[],
): Promise<Result<void, Failure>> {
  const { run } = context.plan
  const redirect = redirectIncludes(link, run, files)
  for (const { path, content, mode } of files) {
    const target = stagedPath(link.server, run, path)
    const written = await link.host.replace({
      path: target,
      content: encodeConf(content),
      mode,
      user: link.server.user,
    })
    if (!written.ok) return written
    if (!path.endsWith('.conf') || path.includes('/baton/')) continue
    const trial = await link.host.replace({
      path: `${target}.trial`,
      content: encodeConf(redirect(content)),
      mode,
      user: link.server.user,
    })
    if (!trial.ok) return trial
  }
  return ok(undefined)
}

/** The rendered `named.*.conf` include by absolute path, so their trial copies must name the staged files. */
function redirectIncludes(link: ServerLink, run: string, files: readonly RenderedFile[]) {
  const paths = files.map(({ path }) => path).filter(path => path.includes('/baton/'))
  return (content: string) =>
    paths.reduce(
      (text, path) => text.replaceAll(`"${path}"`, `"${stagedPath(link.server, run, path)}"`),
      content,
    )
}

async function checkStaged(context: RunContext, link: ServerLink): Promise<Result<void, Failure>> {
  const { run } = context.plan
  const rendered = context.rendered.get(link.server.name)?.files ?? []
  const entries = rendered.filter(({ path }) => path.endsWith('.conf') && !path.includes('/baton/'))
  for (const { path } of entries) {
    const file = `${stagedPath(link.server, run, path)}.trial`
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

function refusedByCheckconf(link: ServerLink, path: string, complaints: readonly string[]): Failure {
  return failure({
    code: 'engine.configuration-refused',
    subject: link.server.name,
    because: `named-checkconf refuses what ${path} would be: ${complaints.join('; ')}`,
    remedy: 'Mend what it names in the fleet folder, and push again. Nothing was installed.',
  })
}
