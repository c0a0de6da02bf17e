import { type Refusal, refuse } from '../../../base/index.ts'
import type { Check, CheckContext, FailoverSubject } from '../../check.ts'
import { isNoPrimary } from '../../no-primary.ts'

/**
 * While the active answers in any way, a switchover passes the role without loss: a failover would make two actives. An error is an
 * answer too: whoever refuses, or does not know our key, is there.
 */
export const activeGone: Check = {
  name: 'active-gone',
  question: 'Is the old active silent in every way, or proven not to be primary?',
  meaning: 'The active answers in some way. A failover beside it would make two actives.',
  remedy: 'Pass the role with `baton switchover`, or stop named on it first.',
  operations: ['failover'],
  weight: 'refuse',
  ask: context => {
    const { subject } = context
    if (subject.operation !== 'failover' || isNoPrimary(context, subject.from, subject.set)) return []
    const answers = answersOf(context, subject)
    const isKnown = subject.despiteAnswer.includes(subject.from) && subject.fencing !== undefined
    if (answers.length > 0) return isKnown ? [] : [refuseAnswering(subject, answers)]
    return subject.presence.kind === 'unknown' ? [refuseUntold(subject, subject.presence.because)] : []
  },
}

function answersOf({ snapshot }: CheckContext, { from, set, presence }: FailoverSubject): readonly string[] {
  const seen = snapshot.servers.get(from)
  const good = [
    ...(seen?.zones.ok ? ['tells which zones it has'] : []),
    ...(seen?.named?.ok ? ['answers rndc'] : []),
    ...(seen?.markers.get(set)?.ok ? ['answers for its marker'] : []),
  ]
  return good.length === 0 && presence.kind === 'answers' ? presence.how : good
}

function refuseAnswering({ from, to }: FailoverSubject, answers: readonly string[]): Refusal {
  return refuse({
    code: 'check.active-gone',
    subject: from,
    because: `it ${answers.join(', ')}`,
    remedy: `\`baton switchover --to ${to}\` passes the role and loses nothing. If ${from} cannot take part, stop its named first. If you know that somebody else answers there: --fenced ${from}="how it is kept from writing" --despite-answer ${from}.`,
  })
}

function refuseUntold({ from }: FailoverSubject, because: string): Refusal {
  return refuse({
    code: 'check.active-gone',
    subject: from,
    because: `this machine cannot tell whether it answers: ${because}`,
    remedy: 'Fix that, or run Baton from another machine: trouble of our own is no silence of the server.',
  })
}
