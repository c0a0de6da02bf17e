import { createInterface } from 'node:readline'
import { fail, ok, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import type { RunChoice } from './commands/run-options.ts'
import type { Invocation } from './invocation.ts'

/** Asks before acting. The question goes to standard error, so that standard output stays what it is. */
export async function confirm(
  { terminal, format }: Invocation,
  question: string,
  { yes }: RunChoice,
): Promise<Result<void, Refusal>> {
  if (yes === true) return ok(undefined)
  if (format === 'json' || !terminal.canAsk) return fail(nobodyToAsk(question))
  return /^y(es)?$/i.test(await ask(question)) ? ok(undefined) : fail(notConfirmed(question))
}

/** The answer; empty when it was Ctrl-C or the end of the input. */
function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  let answered = false
  return new Promise<string>(resolve => {
    reader.on('SIGINT', () => reader.close())
    reader.on('close', () => {
      if (!answered) process.stderr.write('\n')
      resolve('')
    })
    reader.question(`${question} [y/N] `, reply => {
      answered = true
      resolve(reply.trim())
      reader.close()
    })
  })
}

function nobodyToAsk(question: string): Refusal {
  return refuse({
    code: 'cli.no-terminal',
    subject: question.replace(/\?$/, ''),
    because: 'there is no terminal to ask on, and --yes was not given',
    remedy:
      'Give --yes when a script is meant to act without asking, or --dry-run to see what would be done.',
  })
}

function notConfirmed(question: string): Refusal {
  return refuse({
    code: 'cli.not-confirmed',
    subject: question,
    because: 'nobody said yes, so nothing was changed',
    remedy: 'Answer y, or give --yes where there is nobody to ask.',
  })
}
