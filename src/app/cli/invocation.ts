import { readFileSync } from 'node:fs'
import type { Problem, Result } from '../../core/base/index.ts'
import type { Document, ErrorDocument } from '../contract/index.ts'
import { EXIT, type ExitCode, exitOfProblems } from './exit-code.ts'
import type { Terminal } from './terminal.ts'
import type { Line } from './text/layout/line.ts'
import { problemLines } from './text/problems.ts'

/** One call of the command line: where it writes, and what was said to every command alike. */
export type Invocation = {
  readonly terminal: Terminal
  readonly fleetFile: string
  readonly format: Format
}

/** For a person, or for a program. */
export type Format = 'text' | 'json'

/** Runs a command's body and remembers the exit code it ends with. */
export type Invoke = (body: (invocation: Invocation) => Promise<ExitCode>) => Promise<void>

/** Says what a command found: the document to a program, lines to a person. */
export function answer(
  { terminal, format }: Invocation,
  document: Document,
  lines: (width: number) => readonly Line[],
): void {
  if (format === 'json') terminal.out.write(`${JSON.stringify(document, undefined, 2)}\n`)
  else terminal.out.lines(lines(terminal.out.width()))
}

/** Says what went wrong: a document on standard output to a program, lines on standard error to a person. */
export function complain(
  { terminal, format }: Pick<Invocation, 'terminal' | 'format'>,
  problems: readonly Problem[],
): ExitCode {
  const document: ErrorDocument = { version: 1, document: 'error', problems }
  if (format === 'json') terminal.out.write(`${JSON.stringify(document, undefined, 2)}\n`)
  else terminal.err.lines(problemLines(problems, textsOf(problems), terminal.err.width()))
  return exitOfProblems(problems)
}

type Reporting<Seen> = {
  readonly lines: (seen: Seen, width: number) => readonly Line[]
  readonly isWell: (seen: Seen) => boolean
}

/** Says what a look found, or why it found nothing; the exit code is that of what was seen. */
export function report<Seen extends Document>(
  invocation: Invocation,
  seen: Result<Seen, readonly Problem[]>,
  { lines, isWell }: Reporting<Seen>,
): ExitCode {
  if (!seen.ok) return complain(invocation, seen.error)
  answer(invocation, seen.value, width => lines(seen.value, width))
  return isWell(seen.value) ? EXIT.done : EXIT.unwell
}

/** The files that diagnostics are about; one that cannot be read any more has no frame. */
export function textsOf(problems: readonly Problem[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const problem of problems) {
    if (problem.kind !== 'diagnostic' || texts.has(problem.place.file)) continue
    const text = readText(problem.place.file)
    if (text !== undefined) texts.set(problem.place.file, text)
  }
  return texts
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
