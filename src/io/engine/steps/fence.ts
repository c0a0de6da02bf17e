import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { FenceStep, Fencing } from '../../../core/plan/index.ts'
import { lastSaid, runFence } from '../../hosts/index.ts'
import { linkTo, type RunGround, reportOf, type StepReport } from '../context.ts'
import { removeFence, writeFence } from '../fence-records.ts'
import { activeAnswers, mayAnswer, seeAnswers } from '../see-answers.ts'

/** Whoever is deposed must not take writes any more: the fence sees to it, and then it must not answer. */
export async function fence(context: RunGround, step: FenceStep): Promise<Result<StepReport, Failure>> {
  const held = await context.stillHeld()
  if (!held.ok) return held
  const { server, by } = step
  const fenced = by.kind === 'program' ? await callFence(context, server, by.program) : ok(wordsOf(by))
  if (!fenced.ok) return fenced
  const despite = by.kind === 'word' ? by.despite : undefined
  const answers = mayAnswer(by) ? undefined : await seeAnswers(context.links, server)
  if (answers !== undefined)
    return fail(activeAnswers(server, { because: answers, remedy: remedyFor(server) }))
  const noted = await noteFence(context, step, fenced.value)
  if (!noted.ok) return noted
  const although = despite === undefined ? '' : `, although somebody ${despite} there`
  return ok(reportOf(`${server} is fenced${although}: ${fenced.value}`))
}

/** A run that is taken back has no use for the word, and the server may be the active for long after it. */
export async function unfence(
  context: RunGround,
  { server, by, noted }: FenceStep,
): Promise<Result<void, Failure>> {
  if (noted === undefined || by.kind === 'record') return ok(undefined)
  return removeFence(
    noted.peers.map(name => linkTo(context, name)),
    server,
  )
}

/** A later run finds it there, and need not be told again. */
async function noteFence(
  context: RunGround,
  { server, by, noted }: FenceStep,
  words: string,
): Promise<Result<void, Failure>> {
  if (noted === undefined) return ok(undefined)
  const { plan } = context
  const { set, term, peers } = noted
  const links = peers.map(name => linkTo(context, name))
  if (by.kind === 'record') return writeFence(links, by.record)
  const despite = by.kind === 'word' ? by.despite : undefined
  const about = { fleet: plan.fleet, server, words, set, term, ends: 'on-return', despite } as const
  return writeFence(links, { ...about, by: plan.by, recorded: plan.created, run: plan.run })
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
      remedy: 'Mend what it says, or see to it yourself and say how with --fenced.',
      elapsedMs,
    }),
  )
}

function remedyFor(server: string): string {
  return `Stop it, or switch over with \`baton switchover\` if it is well. If you know that somebody else answers there: --despite-answer ${server}.`
}
