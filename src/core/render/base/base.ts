import type { Fleet, Server } from '../../fleet/index.ts'
import { blockOf, findStatement, keywordOf, parse, type Statement, valuesOf } from '../../namedconf/index.ts'
import type { Findings } from '../findings.ts'
import type { Sources } from '../rendered.ts'
import { type Definitions, defineFrom } from './definitions.ts'
import { generateBase } from './generated-base.ts'
import { readSource, type SourceText, statementsIn } from './source-texts.ts'

/** What a server has besides the managed zones, read. */
export type Base = {
  readonly server: Server
  readonly source: SourceText
  /** Every statement, in the order in which named meets them. */
  readonly statements: readonly Statement[]
  readonly options: Statement | undefined
  /** In their order. */
  readonly views: readonly Statement[]
  /** What zone blocks on this server may name. */
  readonly definitions: Definitions
}

/** Reads the base that the fleet gives a server, or makes one. */
export function readBase(fleet: Fleet, server: Server, reading: BaseReading): Base {
  const { sources, shared, findings } = reading
  const source: SourceText =
    server.base === undefined
      ? { file: parse(generateBase(fleet, server), `${server.name}: generated base`), included: new Map() }
      : readSource(server.base, sources, { findings })
  const statements = [...statementsIn(source)]
  return {
    server,
    source,
    statements,
    options: findStatement(statements, 'options'),
    views: statements.filter(statement => keywordOf(statement) === 'view'),
    definitions: defineFrom(fleet, [...shared, ...statements]),
  }
}

export type BaseReading = {
  readonly sources: Sources
  /** Statements of the shared file. */
  readonly shared: readonly Statement[]
  readonly findings: Findings
}

/** The statement that a zone in a view inherits when its block does not have the option: the view's, or the options'. */
export function inheritedOption(base: Base, view: string | undefined, option: string): Statement | undefined {
  const ofView = view === undefined ? undefined : findView(base, view)
  const bodies = [ofView, base.options].map(statement => statement && blockOf(statement)?.statements)
  for (const body of bodies) {
    const found = body === undefined ? undefined : findStatement(body, option)
    if (found !== undefined) return found
  }
  return undefined
}

export function findView(base: Base, view: string): Statement | undefined {
  return base.views.find(statement => valuesOf(statement)[0] === view)
}
