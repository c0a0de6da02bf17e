import type { RunDocument } from '../../src/app/contract/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'

/** What came of an operation in a few words: `done`, `rolled-back`, `incomplete: CODES`, or the codes of what refused it. */
export function outcomeOf(ran: Result<RunDocument, readonly Problem[]>): string {
  if (!ran.ok) return ran.error.map(({ code }) => code).join(' ')
  const { outcome, problems } = ran.value
  return outcome === 'incomplete' ? `incomplete: ${problems.map(({ code }) => code).join(' ')}` : outcome
}
