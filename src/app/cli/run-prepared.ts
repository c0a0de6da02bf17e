import type { Problem, Result } from '../../core/base/index.ts'
import type { NothingToRun, PreparedRun } from '../commands/index.ts'
import type { PlanDocument } from '../contract/index.ts'
import type { RunChoice } from './commands/run-options.ts'
import { confirm } from './confirm.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { answer, complain, type Invocation } from './invocation.ts'
import { conductRun } from './run.ts'
import { planLines } from './text/plan.ts'
import { runLines } from './text/run.ts'

/** Shows what was prepared, or why nothing was; then, if that is wanted, asks and runs it. */
export async function runPrepared(
  invocation: Invocation,
  prepared: Result<PreparedRun | NothingToRun, readonly Problem[]>,
  choice: RunChoice,
): Promise<ExitCode> {
  if (!prepared.ok) return complain(invocation, prepared.error)
  if (prepared.value.plan !== undefined) return runPlan(invocation, prepared.value, choice)
  const { document } = prepared.value
  answer(invocation, document, width => runLines(document, { width, return: 'open' }))
  return EXIT.done
}

async function runPlan(invocation: Invocation, prepared: PreparedRun, choice: RunChoice): Promise<ExitCode> {
  const { document } = prepared
  try {
    if (choice.dryRun === true) {
      answer(invocation, document, width => planLines(document, width))
      return EXIT.done
    }
    const { terminal, format } = invocation
    if (format === 'text') terminal.out.lines([...planLines(document, terminal.out.width()), []])
    const confirmed = await confirm(invocation, questionFor(document), choice)
    if (!confirmed.ok) return complain(invocation, [confirmed.error])
    const yes = choice.yes === true ? 'given-before' : 'given-by-a-person'
    return await conductRun(invocation, { wanted: 'done', start: watch => prepared.start({ ...watch, yes }) })
  } finally {
    await prepared.close()
  }
}

function questionFor({ operation, from, to, leftOut }: PlanDocument): string {
  if (operation === 'peer-remove') return `Remove ${leftOut.join(', ')} from the fleet for good?`
  if (from === null || to === null) return 'Install these files?'
  switch (operation) {
    case 'failover':
      return `Let ${to} take over from ${from}, which is gone?`
    case 'rejoin':
      return `Make ${from} a standby of ${to}, and replace what it holds by what ${to} has?`
    case 'resolve':
      return `Keep ${to} active, make ${from} its standby, and replace what it holds by what ${to} has?`
    case 'switchover':
    case 'push':
      return `Pass the primary role from ${from} to ${to}?`
  }
}
