import { type Failure, failure } from '../../core/base/index.ts'
import type { Fencing } from '../../core/plan/index.ts'
import { type FleetLinks, seePresence } from '../observe/index.ts'

/** A server that is well answers at once; a longer wait would be time in which nobody can write. */
export const ANSWER_DEADLINE_MS = 1500

/** A fence by which a server need not be silent: it never comes back, or a person knows who answers in its place. */
export function mayAnswer(by: Fencing): boolean {
  if (by.kind === 'word') return by.despite !== undefined
  return by.kind === 'record' && by.record.ends === 'never'
}

/**
 * Why a server that is said to be fenced can't be taken for it; nothing where it is silent. An error is an answer, and trouble of our
 * own is no silence.
 */
export async function seeAnswers(links: FleetLinks, server: string): Promise<string | undefined> {
  const deadlineMs = Math.min(ANSWER_DEADLINE_MS, links.questionMs)
  const presence = await seePresence(links, server, { deadlineMs })
  switch (presence.kind) {
    case 'silent':
      return undefined
    case 'answers':
      return `it is said to be fenced, and somebody ${presence.how.join(', ')}`
    case 'unknown':
      return `this machine cannot tell whether it answers: ${presence.because}`
  }
}

export function activeAnswers(
  server: string,
  told: { readonly because: string; readonly remedy: string },
): Failure {
  return failure({ code: 'failover.active-answers', subject: server, ...told })
}
