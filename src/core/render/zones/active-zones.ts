import {
  applyEdits,
  blockOf,
  type Edit,
  findStatement,
  insertAfter,
  keywordOf,
  removeStatement,
  replacePart,
  type Statement,
  valueIn,
} from '../../namedconf/index.ts'
import type { SourceText } from '../base/source-texts.ts'
import type { ManagedPart, ManagedZone } from './managed-zone.ts'
import { isOff, livingOptions } from './written-options.ts'
import {
  elementsOf,
  factsOf,
  inheritedValue,
  printJoined,
  signingPolicyOf,
  UPDATE_OPTIONS,
  type ZoneContext,
} from './zone-context.ts'

/** Who may update the zones of an active: whom the operator lets, or Baton alone, as in the middle of a failover. */
export type ActiveAccess = 'active' | 'closed'

/**
 * The zone blocks of a part as the active peer has them: the operator's own text, comments and all, with what must be
 * said put in and nothing moved. Rendering the result again changes nothing.
 */
export function printActiveZones(part: ManagedPart, context: ZoneContext, access: ActiveAccess): string {
  const zones = new Map(part.zones.map(zone => [zone.statement, zone]))
  const close = access === 'closed' ? closeZone : () => []
  return printEdited(part.source, statement => {
    const zone = zones.get(statement)
    return zone === undefined ? [] : [...editZone(zone, context), ...close(zone, context)]
  })
}

/** A text with its edits applied, and the texts it includes in the places where it includes them. */
export function printEdited(source: SourceText, editsOf: (statement: Statement) => readonly Edit[]): string {
  const edits = source.file.statements.flatMap(statement => {
    const included = source.included.get(statement)
    if (included === undefined) return editsOf(statement)
    const { start, end } = statement
    return [{ offset: start, length: end - start, content: printEdited(included, editsOf) }]
  })
  return applyEdits(source.file.source.text, edits)
}

function editZone(zone: ManagedZone, context: ZoneContext): readonly Edit[] {
  const living = livingOptions(zone, context)
  const dropped = zone.options.filter(option => !living.includes(option))
  const last = living.at(-1)
  const missing =
    last === undefined ? [] : missingStatements(zone, context).map(text => insertAfter(last, text))
  return [...dropped.map(removeStatement), ...renameType(zone), ...joinLists(zone, context), ...missing]
}

/** Whatever lets people update a dynamic zone gives way to the fleet's key; a static zone stays static. */
function closeZone(zone: ManagedZone, context: ZoneContext): readonly Edit[] {
  if (!factsOf(zone, context).dynamic) return []
  const closed = `allow-update { ${context.transfers.join(' ')} };`
  const written = zone.options.filter(option => UPDATE_OPTIONS.has(keywordOf(option) ?? ''))
  const [first, ...others] = written
  const last = livingOptions(zone, context).at(-1)
  if (first === undefined) return last === undefined ? [] : [insertAfter(last, closed)]
  const replaced = { offset: first.start, length: first.end - first.start, content: closed }
  return [replaced, ...others.map(removeStatement)]
}

/** The newer word for the type; all releases from 9.16 on know it. */
function renameType(zone: ManagedZone): readonly Edit[] {
  const word = findStatement(zone.options, 'type')?.parts[1]
  return word === undefined || valueIn(zone.options, 'type')?.toLowerCase() !== 'master'
    ? []
    : [replacePart(word, 'primary')]
}

/** Puts the fleet first into the lists that the operator wrote: in an acl nothing before it can take its place. */
function joinLists(zone: ManagedZone, context: ZoneContext): readonly Edit[] {
  const joins = [
    ['allow-transfer', context.transfers],
    ['also-notify', context.others],
  ] as const
  return joins.flatMap(([option, elements]) => {
    const statement = findStatement(zone.options, option)
    const block = statement === undefined ? undefined : blockOf(statement)
    const written = elementsOf(statement)
    const missing = elements.filter(element => !written.includes(element))
    return block === undefined || missing.length === 0
      ? []
      : [{ offset: block.start + 1, length: 0, content: ` ${missing.join(' ')}` }]
  })
}

/** What the block does not say, and must not be left to defaults that differ by role, release or server. */
function missingStatements(zone: ManagedZone, context: ZoneContext): readonly string[] {
  const facts = factsOf(zone, context)
  const written = new Set(zone.options.map(option => keywordOf(option)))
  const signs = signingPolicyOf(zone, context) !== undefined
  const wanted: readonly (readonly [string, string])[] = [
    ['masterfile-format', facts.format],
    ['allow-transfer', printJoined(context.transfers, context.inherited.get('allow-transfer'))],
    ['also-notify', printJoined(context.others, context.inherited.get('also-notify'))],
    ['notify-delay', String(context.fleet.policy.notifyDelayS)],
    ...(isOff(inheritedValue(context, 'notify')) ? [['notify', 'explicit'] as const] : []),
    ...(signs ? [['inline-signing', 'no'] as const] : []),
  ]
  return wanted.filter(([option]) => !written.has(option)).map(([option, value]) => `${option} ${value};`)
}
