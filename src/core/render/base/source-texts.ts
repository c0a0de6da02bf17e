import { joinPath } from '../../base/index.ts'
import { type ConfFile, parse, type Statement, valueIn } from '../../namedconf/index.ts'
import type { Findings } from '../findings.ts'
import type { Sources } from '../rendered.ts'

/** How deeply the operator's files may include each other; named itself has no limit and reads a cycle for ever. */
export const INCLUDE_DEPTH_MAX = 16

/** A file of the operator's with those it includes, as far as they were read. */
export type SourceText = {
  readonly file: ConfFile
  /** Of the file itself: an `include` statement → what it includes. */
  readonly included: ReadonlyMap<Statement, SourceText>
}

/**
 * Reads a file and what it includes at its top level. Relative names start at the folder of the including file. What could not be
 * read is left to the servers, or `refused` where that would hide zones from all but one of them.
 */
export function readSource(
  path: string,
  sources: Sources,
  { findings, unread = 'kept' }: { readonly findings: Findings; readonly unread?: 'kept' | 'refused' },
): SourceText {
  return readNested(path, { sources, findings, unread, outer: [] })
}

/** The statements of a file in the order in which named meets them, those of included files in their places. */
export function* statementsIn(source: SourceText): Iterable<Statement> {
  for (const statement of source.file.statements) {
    const included = source.included.get(statement)
    if (included === undefined) yield statement
    else yield* statementsIn(included)
  }
}

type Reading = {
  readonly sources: Sources
  readonly findings: Findings
  readonly unread: 'kept' | 'refused'
  readonly outer: readonly string[]
}

function readNested(path: string, reading: Reading): SourceText {
  const { sources, findings } = reading
  const text = sources.texts.get(path)
  const file = parse(text ?? '', path)
  if (text === undefined) {
    findings.error(wholeOf(file), {
      code: 'render.text-missing',
      message: `"${path}" was not read.`,
      remedy: 'Check the path, and that Baton may read the file.',
    })
  }
  findings.errors.push(...file.diagnostics)
  const included = new Map<Statement, SourceText>()
  for (const statement of file.statements) {
    const name = valueIn([statement], 'include')
    if (name === undefined) continue
    const target = joinPath(path.slice(0, path.lastIndexOf('/')), name)
    if (!sources.texts.has(target)) {
      tellUnread(statement, name, reading)
    } else if (reading.outer.includes(target) || reading.outer.length >= INCLUDE_DEPTH_MAX) {
      findings.error(statement, {
        code: 'render.text-missing',
        message: `"${name}" is included by itself, or more than ${INCLUDE_DEPTH_MAX} files deep.`,
        remedy: 'Include each file once.',
      })
    } else {
      included.set(statement, readNested(target, { ...reading, outer: [...reading.outer, path] }))
    }
  }
  return { file, included }
}

function tellUnread(statement: Statement, name: string, { findings, unread }: Reading): void {
  if (unread === 'kept')
    findings.warn(statement, {
      code: 'render.include-kept',
      message: `"${name}" was not read, so the server reads its own file of that name.`,
      remedy: 'Make sure that the file exists on every server, or copy its content.',
    })
  else
    findings.error(statement, {
      code: 'render.zones-unread',
      message: `"${name}" was not read, so nobody but the active would have its zones.`,
      remedy: 'Include each file by its own name, and see that it is there: wildcards are not followed.',
    })
}

function wholeOf(file: ConfFile) {
  return { source: file.source, start: 0, end: file.source.text.length }
}
