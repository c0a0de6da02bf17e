import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { FenceNote, Fencing, StepOf } from '../../../core/plan/index.ts'
import { lastSaid, runFence } from '../../hosts/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import { linkTo, type RunGround, reportOf, type StepReport } from '../context.ts'
import { removeFence, writeFence } from '../files/fence-records.ts'
import { installChanges, restoreChanges } from '../files/files.ts'
import { passOverFenced } from '../pass-over.ts'
import { activeAnswers, mayAnswer, seeAnswers } from '../see-answers.ts'

/** Whoever is deposed must not take writes any more: the fence sees to it, and then it must not answer. */
export async function fence(context: RunGround, step: StepOf<'fence'>): Promise<Result<StepReport, Failure>> {
  const held = await context.stillHeld()
  if (!held.ok) return held
  const { server, by } = step
  const fenced = by.kind === 'program' ? await callFence(context, server, by.program) : ok(wordsOf(by))
  if (!fenced.ok) return fenced
  const despite = by.kind === 'word' ? by.despite : undefined
  // Who removes a peer for good has seen that it is silent; whoever resumes that has no way to it any more.
  const isSpared = mayAnswer(by) || step.noted?.ends === 'never'
  const answers = isSpared ? undefined : await seeAnswers(context.links, server)
  if (answers !== undefined)
    return fail(activeAnswers(server, { because: answers, remedy: remedyFor(server) }))
  const noted = await noteFence(context, step, fenced.value)
  if (!noted.ok) return noted
  const although = despite === undefined ? '' : `, although somebody ${despite} there`
  const is = step.noted?.ends === 'never' ? 'out of the fleet for good' : 'fenced'
  return ok(reportOf(`${server} is ${is}${although}: ${fenced.value}`))
}

/** A run that is taken back has no use for the word, and the server may be the active for long after it. */
export async function unfence(
  context: RunGround,
  { server, by, noted }: StepOf<'fence'>,
): Promise<Result<void, Failure>> {
  if (noted === undefined || by.kind === 'record') return ok(undefined)
  const links = await linksOfNote(context, noted)
  if (!links.ok) return links
  for (const link of links.value) {
    const restored = await restoreChanges(context, link, noted.changes?.[link.server.name] ?? [])
    if (!restored.ok) return restored
  }
  return noted.before === undefined
    ? removeFence(context, links.value, server)
    : writeFence(context, links.value, noted.before)
}

/** A later run finds it there, and need not be told again. */
async function noteFence(
  context: RunGround,
  { server, by, noted }: StepOf<'fence'>,
  words: string,
): Promise<Result<void, Failure>> {
  if (noted === undefined) return ok(undefined)
  const { plan } = context
  const { set, term, ends = 'on-return' } = noted
  const links = await linksOfNote(context, noted)
  if (!links.ok) return links
  if (by.kind === 'record') return writeFence(context, links.value, by.record)
  const despite = by.kind === 'word' ? by.despite : undefined
  const about = { fleet: plan.fleet, server, words, set, term, ends, despite }
  const record = { ...about, by: plan.by, recorded: plan.created, run: plan.run }
  const written = await writeFence(context, links.value, record)
  if (!written.ok) return written
  for (const link of links.value) {
    const installed = await installChanges(context, link, noted.changes?.[link.server.name] ?? [])
    if (!installed.ok) return installed
  }
  return ok(undefined)
}

async function linksOfNote(
  context: RunGround,
  { peers }: FenceNote,
): Promise<Result<readonly ServerLink[], Failure>> {
  const passed = await passOverFenced(context, peers)
  return passed.ok ? ok(passed.value.there.map(name => linkTo(context, name))) : passed
}

function wordsOf(by: Exclude<Fencing, { kind: 'program' }>): string {
  return by.kind === 'word' ? by.words : by.record.words
}

async function callFence(
  { signal }: RunGround,
  server: string,
  program: string,
): Promise<Result<string, Failure>> {
  const ran = await runFence(program, server, { signal })
  if (!ran.ok) return ran
  const { exit, stdout, stderr, elapsedMs } = ran.value
  const said = lastSaid(`${stdout}\n${stderr}`)
  if (exit === 0) return ok(said === '' ? `${program} exited with 0` : said)
  return fail(
    failure({
      code: 'failover.fence-failed',
      subject: server,
      because: `${program} exited with ${exit}${said === '' ? '' : ` and said: ${said}`}`,
      remedy: 'Fix what it says, or see to it yourself and say how with --fenced.',
      elapsedMs,
    }),
  )
}

function remedyFor(server: string): string {
  return `Stop it, or switch over with \`baton switchover\` if it is well. If you know that somebody else answers there: --despite-answer ${server}.`
}
