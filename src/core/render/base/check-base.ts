import { type DomainName, joinPath, parseDomainName } from '../../base/index.ts'
import type { Fleet } from '../../fleet/index.ts'
import { bodyOf, keywordOf, type Span, type Statement, valueIn, valuesOf } from '../../namedconf/index.ts'
import type { Findings } from '../findings.ts'
import { takesListName } from '../zones/managed-zone.ts'
import { type Base, inheritedOption } from './base.ts'
import { canonicalKey } from './definitions.ts'

/** What is wrong between a server's base and the fleet. */
export function checkBase(fleet: Fleet, base: Base, request: BaseCheck): void {
  const { findings } = request
  for (const zone of zonesInBase(base)) {
    const name = parseDomainName(valuesOf(zone)[0] ?? '')
    if (!name.ok || !request.managed.has(name.value)) continue
    findings.error(zone, {
      code: 'render.base-holds-zone',
      message: `The base of ${base.server.name} holds the zone "${name.value}", which Baton writes.`,
      remedy: 'Remove the zone from the base.',
    })
  }
  checkDefinitions(fleet, base.statements, findings)
  checkViews(fleet, base, findings)
  checkOptions(fleet, base, findings)
}

export type BaseCheck = {
  /** Names of the managed zones and of the markers. */
  readonly managed: ReadonlySet<DomainName>
  readonly findings: Findings
}

/** Keys and lists that Baton defines itself. */
export function checkDefinitions(fleet: Fleet, statements: readonly Statement[], findings: Findings): void {
  const keys = new Set(fleet.keys.map(key => canonicalKey(key.name)))
  for (const statement of statements) {
    const name = valuesOf(statement)[0] ?? ''
    if (keywordOf(statement) === 'key' && keys.has(canonicalKey(name))) {
      findings.error(statement, {
        code: 'render.key-twice',
        message: `The key "${name}" is one of the fleet's, and named refuses a second definition.`,
        remedy: 'Remove the key statement: Baton writes the keys of the fleet.',
      })
    } else if (takesListName(statement)) {
      findings.error(statement, {
        code: 'render.base-list',
        message: `"${name}" is the name of a list that Baton writes.`,
        remedy: 'Give the list another name.',
      })
    }
  }
}

function checkViews(fleet: Fleet, base: Base, findings: Findings): void {
  const expected = fleet.views.map(view => view.name)
  const found = base.views.map(view => valuesOf(view)[0] ?? '')
  if (expected.length === found.length && expected.every((name, index) => name === found[index])) return
  findings.error(base.views[0] ?? wholeOf(base), {
    code: 'render.base-views',
    message: `The base of ${base.server.name} has ${listViews(found)}, the fleet ${listViews(expected)}.`,
    remedy: 'Give base and fleet the same views, in the same order.',
  })
}

function listViews(names: readonly string[]): string {
  return names.length === 0 ? 'no views' : `the views ${names.map(name => `"${name}"`).join(', ')}`
}

function checkOptions(fleet: Fleet, base: Base, findings: Findings): void {
  const { server, options } = base
  const body = options === undefined ? [] : bodyOf(options)
  const directory = valueIn(body, 'directory')
  if (options !== undefined && directory !== undefined) {
    const configured = joinPath(server.paths.configuration, directory)
    if (configured !== joinPath('/', server.paths.directory)) {
      findings.error(options, {
        code: 'render.base-directory',
        message: `The base of ${server.name} sets the directory "${directory}", the fleet "${server.paths.directory}".`,
        remedy: 'Make the two agree.',
      })
    }
  }
  for (const view of fleet.views.length === 0 ? [undefined] : fleet.views.map(each => each.name)) {
    checkInherited(fleet, { base, view }, findings)
  }
}

type Scope = { readonly base: Base; readonly view: string | undefined }

function checkInherited(fleet: Fleet, { base, view }: Scope, findings: Findings): void {
  const format = inheritedOption(base, view, 'masterfile-format')
  const written = format === undefined ? undefined : valuesOf(format)[0]
  if (format !== undefined && written !== fleet.policy.masterfileFormat) {
    findings.warn(format, {
      code: 'render.base-format',
      message: `The base of ${base.server.name} says ${written}, the fleet's policy ${fleet.policy.masterfileFormat}.`,
      remedy: 'Set the policy to the format the files have, or remove the option from the base.',
    })
  }
  const catalog = base.server.kind === 'peer' ? inheritedOption(base, view, 'catalog-zones') : undefined
  if (catalog !== undefined) {
    findings.warn(catalog, {
      code: 'render.base-catalog',
      message: `The members of a catalog are secondary zones on ${base.server.name}, and stay so.`,
      remedy: 'Leave the catalog to the secondaries.',
    })
  }
}

/** The zones of a base, in views and outside. */
export function zonesInBase(base: Base): readonly Statement[] {
  return [...base.statements, ...base.views.flatMap(bodyOf)].filter(
    statement => keywordOf(statement) === 'zone',
  )
}

function wholeOf(base: Base): Span {
  const { source } = base.source.file
  return { source, start: 0, end: source.text.length }
}
