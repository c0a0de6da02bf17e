import { absolutePath, type Diagnostic } from '../base/index.ts'
import { type Context, contextWithin, holdsOptions } from './context.ts'
import { diagnose } from './diagnose.ts'
import { parse } from './parse.ts'
import { blockOf, hasKeyword, keywordOf, textOf } from './read.ts'
import type { Source } from './source.ts'
import type { ConfFile, Part, Statement } from './tree.ts'

/** Includes within includes, in files; named has no limit of its own but the files it may open. */
export const INCLUDE_DEPTH_MAX = 64
/** Files of one configuration. */
export const INCLUDED_FILES_MAX = 10_000

/**
 * Gives the files that a pattern matches (glob(3)), sorted by name as glob does, or none. The pattern is
 * relative when the configuration says so and names no directory before it.
 */
export type IncludeReader = (pattern: string) => readonly Source[]

/** A configuration with its includes in their places. */
export type Resolution = {
  /**
   * All statements, as if every include were replaced by what it includes: in views and zones as well. Each
   * keeps its own source, and an edit of it is an edit of that file. An include that could not be followed
   * stays.
   */
  readonly statements: readonly Statement[]
  /**
   * Every file that was read, the entry first, in the order named reads them; a file included twice is there
   * twice.
   */
  readonly files: readonly ConfFile[]
  /** Of all files, and of the includes. */
  readonly diagnostics: readonly Diagnostic[]
  /**
   * Patterns that the reader gave nothing for: whoever reads asynchronously fetches them and resolves again.
   */
  readonly missing: readonly string[]
}

/**
 * Follows the includes as named does. Surprising, and measured on 9.18: a relative name starts at the
 * `directory` option from the moment that option has been read (named changes directory there and then, even
 * for an include in the same `options`), and at the folder named runs in before; never at the including file.
 * The files of a pattern are read in reverse order, last name first. A pattern that matches nothing is an
 * error.
 */
export function resolveIncludes(entry: Source, read: IncludeReader): Resolution {
  const resolver = new Resolver(read)
  const statements = resolver.readFile(entry)
  const { files, diagnostics, missing } = resolver
  return { statements, files, diagnostics, missing }
}

class Resolver {
  readonly files: ConfFile[] = []
  readonly diagnostics: Diagnostic[] = []
  readonly missing: string[] = []
  readonly #read: IncludeReader
  /** Names of the files that are being read, outermost first. */
  readonly #open: string[] = []
  #directory = ''

  constructor(read: IncludeReader) {
    this.#read = read
  }

  readFile(source: Source, context: Context = 'top'): readonly Statement[] {
    const file = parse(source.text, source.name)
    this.files.push(file)
    this.diagnostics.push(...file.diagnostics)
    this.#open.push(source.name)
    const statements = this.#expand(file.statements, context)
    this.#open.pop()
    return statements
  }

  /** The same array when nothing in it changes. */
  #expand(statements: readonly Statement[], context: Context): readonly Statement[] {
    if (!holdsOptions(context)) return statements
    let expanded: Statement[] | undefined
    for (const [index, statement] of statements.entries()) {
      if (context === 'options' && hasKeyword(statement, 'directory')) this.#changeDirectory(statement)
      const replacement = hasKeyword(statement, 'include')
        ? this.#follow(statement, context)
        : [this.#expandWithin(statement, context)]
      const same = replacement.length === 1 && replacement[0] === statement
      if (!same) expanded ??= statements.slice(0, index)
      expanded?.push(...replacement)
    }
    return expanded ?? statements
  }

  #expandWithin(statement: Statement, context: Context): Statement {
    const block = blockOf(statement)
    if (block === undefined) return statement
    const statements = this.#expand(block.statements, contextWithin(context, keywordOf(statement) ?? ''))
    if (statements === block.statements) return statement
    const parts = statement.parts.map((part): Part => (part === block ? { ...block, statements } : part))
    return { ...statement, parts }
  }

  #changeDirectory(statement: Statement): void {
    const value = statement.parts[1]
    if (value?.kind === 'string') this.#directory = this.#absolute(textOf(value))
  }

  #follow(statement: Statement, context: Context): readonly Statement[] {
    const [, name] = statement.parts
    if (statement.parts.length !== 2 || name?.kind !== 'string' || textOf(name) === '') {
      return this.#keep(statement, 'include-name', 'An include needs one name in quotes.')
    }
    const pattern = this.#absolute(textOf(name))
    if (this.#open.length >= INCLUDE_DEPTH_MAX) {
      return this.#keep(
        statement,
        'include-limit',
        `More than ${INCLUDE_DEPTH_MAX} includes are nested here.`,
      )
    }
    const sources = this.#read(pattern)
    if (sources.length === 0) {
      this.missing.push(pattern)
      return this.#keep(statement, 'include-missing', `There is no file "${pattern}".`)
    }
    if (this.files.length + sources.length > INCLUDED_FILES_MAX) {
      return this.#keep(statement, 'include-limit', `The configuration has over ${INCLUDED_FILES_MAX} files.`)
    }
    const again = sources.find(source => this.#open.includes(source.name))
    if (again !== undefined) {
      return this.#keep(statement, 'include-cycle', `The file "${again.name}" includes itself.`)
    }
    return [...sources].reverse().flatMap(source => this.readFile(source, context))
  }

  #keep(statement: Statement, what: IncludeProblem, message: string): readonly Statement[] {
    const code = `namedconf.${what}` as const
    this.diagnostics.push(diagnose(statement, { code, message }))
    return [statement]
  }

  #absolute(path: string): string {
    return this.#directory === '' ? path : absolutePath(this.#directory, path)
  }
}

type IncludeProblem = 'include-name' | 'include-missing' | 'include-cycle' | 'include-limit'
