import { CODES, type Failure, failure, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { ANSWER_MEANINGS, type GuardLine, readGuardLine } from '../../../core/guard/index.ts'
import type { CommandOutcome } from '../../../io/hosts/index.ts'
import type { GuardTestDocument, GuardTrial } from '../../contract/index.ts'
import type { Session } from '../session/session.ts'
import { type GuardedPeer, type GuardOptions, withGuards } from './guard-peers.ts'

/** Far above the three seconds in which a guard decides, in milliseconds: the machine may be busy. */
const TRIAL_DEADLINE_MS = 30_000

/** Lets every guard say in which role its server would start now; nothing is changed. */
export function guardTest(options: GuardOptions): Promise<Result<GuardTestDocument, readonly Problem[]>> {
  return withGuards(options, async (session, peers) => {
    const tried = await Promise.all(peers.map(peer => tryGuard(session, peer)))
    const trials = tried.flatMap(result => (result.ok ? result.value : []))
    const problems = tried.flatMap(result => (result.ok ? [] : [result.error]))
    const well = problems.length === 0 && trials.every(({ role, would }) => role === would)
    return ok({ version: 1, document: 'guard-test', fleet: session.fleet.name, well, trials, problems })
  })
}

/** What a guard says of each of its server's zone sets. */
export async function tryGuard(
  session: Session,
  { peer, link, script }: GuardedPeer,
): Promise<Result<readonly GuardTrial[], Failure>> {
  const ran = await link.host.run({
    kind: 'guard',
    script,
    action: ['decide'],
    deadlineMs: TRIAL_DEADLINE_MS,
  })
  if (!ran.ok) return ran
  const lines = ran.value.stdout.split('\n').flatMap(text => readGuardLine(text) ?? [])
  const trials = peer.sets.flatMap(set => {
    const line = lines.find(each => each.set === set || each.set === '*')
    return line === undefined ? [] : trialOf(session, { server: peer.name, set, line, ran: ran.value })
  })
  return trials.length === peer.sets.length
    ? ok(trials)
    : { ok: false, error: saidNothing(peer.name, script, ran.value) }
}

type Said = {
  readonly server: string
  readonly set: string
  readonly line: GuardLine
  readonly ran: CommandOutcome
}

function trialOf(session: Session, { server, set, line, ran }: Said): readonly GuardTrial[] {
  const { outcome, code, term, heard } = line
  if (outcome !== 'active' && outcome !== 'standby') return []
  return [
    {
      server,
      set,
      role: roleNeeded(session, server, set),
      would: outcome,
      term: term ?? null,
      code,
      ...CODES[code],
      heard: heard.map(each => ({ ...each, meaning: ANSWER_MEANINGS[each.answer] })),
      elapsedMs: ran.elapsedMs,
    },
  ]
}

/** A peer that says it is active in an older term is to be standby. */
function roleNeeded({ standings }: Session, server: string, set: string): 'active' | 'standby' {
  const known = [...standings].flatMap(([peer, own]) =>
    own.filter(standing => standing.set === set).map(standing => ({ peer, ...standing })),
  )
  const newest = Math.max(...known.map(({ term }) => term))
  const own = known.find(({ peer }) => peer === server)
  return own?.role === 'active' && own.term === newest ? 'active' : 'standby'
}

function saidNothing(server: string, script: string, { exit, stdout, stderr }: CommandOutcome): Failure {
  const said = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? ''
  return failure({
    code: 'guard.trial-failed',
    subject: server,
    because: `\`sh ${script} decide\` ended with ${exit}${said === '' ? ' and said nothing' : `: ${said}`}`,
    remedy: '`baton push` writes the guard anew. It needs dig, rndc and tar on the server.',
  })
}
