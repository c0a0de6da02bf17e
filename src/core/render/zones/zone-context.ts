import type { Fleet } from '../../fleet/index.ts'
import { bodyOf, keywordOf, readBoolean, type Statement, valueIn, valuesOf } from '../../namedconf/index.ts'
import { type Base, inheritedOption } from '../base/base.ts'
import { canonicalKey, type Definitions } from '../base/definitions.ts'
import { followersName, isOwnList, listName, transferKeyOf } from '../base/server-lists.ts'
import { quoteString } from '../conf-text.ts'
import type { Findings } from '../findings.ts'
import type { ZonePart } from '../layout.ts'
import type { Release, RenderedZone, Sources } from '../rendered.ts'
import type { ManagedZone } from './managed-zone.ts'
import { RELEASE_DEFAULT } from './option-standing.ts'
import { readUpdateAccess, type UpdateAccess } from './update-access.ts'

/** What the blocks of a part depend on besides their own text: the server's base, its release, and the fleet. */
export type ZoneContext = {
  readonly fleet: Fleet
  readonly part: ZonePart
  readonly release: Release
  readonly definitions: Definitions
  readonly findings: Findings
  /** Option → the statement that stands in the view or the options, for those that Baton must reckon with. */
  readonly inherited: ReadonlyMap<string, Statement>
  /** The elements that allow the fleet's transfers, and those that name the other servers. */
  readonly transfers: readonly string[]
  readonly others: readonly string[]
  /** The list of those who ask this server first, as an element. */
  readonly followers: readonly string[]
  /** What was found out of a zone already: `factsOf` is asked by every check and every text. */
  readonly known: Map<ManagedZone, ZoneFacts>
}

/** Options of a view or of the whole server that change what a zone block must say. */
const RECKONED = ['allow-transfer', 'also-notify', 'notify', 'dnssec-policy', 'allow-update', 'key-directory']

export function contextOf(base: Base, part: ZonePart, reading: ContextReading): ZoneContext {
  const { fleet, sources, findings } = reading
  const inherited = RECKONED.map(option => [option, inheritedOption(base, part.view, option)] as const)
  const keys = new Set([fleet.policy.transferKey, transferKeyOf(fleet, part.view)])
  return {
    fleet,
    part,
    findings,
    release: sources.releases.get(base.server.name) ?? RELEASE_DEFAULT,
    definitions: base.definitions,
    inherited: new Map(inherited.filter((entry): entry is [string, Statement] => entry[1] !== undefined)),
    transfers: [...keys].map(key => `key ${quoteString(key)};`),
    others: [`${quoteString(listName(fleet, part))};`],
    followers: [`${quoteString(followersName(fleet, part))};`],
    known: new Map(),
  }
}

export type ContextReading = {
  readonly fleet: Fleet
  readonly sources: Sources
  readonly findings: Findings
}

/** Contexts with the same text render the same blocks: servers that share a base's relevant parts share the result. */
export function fingerprintOf(context: ZoneContext): string {
  const inherited = [...context.inherited.values()].map(textOfZone)
  const acls = [...context.definitions.acls.values()].map(textOfZone)
  return JSON.stringify([
    context.release,
    context.part,
    inherited,
    acls,
    [...context.definitions.keys.keys()],
  ])
}

/** What a zone is, as it follows from its block and what the block inherits. */
export type ZoneFacts = Omit<RenderedZone, 'name' | 'view' | 'set'> & {
  readonly updates: UpdateAccess | undefined
}

export function factsOf(zone: ManagedZone, context: ZoneContext): ZoneFacts {
  const known = context.known.get(zone)
  if (known !== undefined) return known
  const facts = findFacts(zone, context)
  context.known.set(zone, facts)
  return facts
}

function findFacts(zone: ManagedZone, context: ZoneContext): ZoneFacts {
  const { options } = zone
  const updates = updatesOf(zone, context)
  const policy = signingPolicyOf(zone, context)
  const inlineSigning = signsInline(zone) || (policy !== undefined && updates === undefined)
  const signing = policy !== undefined || inlineSigning
  const file = valueIn(options, 'file') ?? ''
  const fleetKeys = new Set(context.fleet.keys.map(key => canonicalKey(key.name)))
  return {
    updates,
    dynamic: updates !== undefined,
    updateKeys: updates?.keys.filter(key => fleetKeys.has(canonicalKey(key))) ?? [],
    signing,
    inlineSigning,
    file,
    journal: valueIn(options, 'journal') ?? `${file}.jnl`,
    format: formatOf(zone, context),
    keyDirectory: signing ? valueOfOption(zone, context, 'key-directory') : undefined,
  }
}

/** The name of the policy that signs a zone, or nothing for `none` and for a zone without one. */
export function signingPolicyOf(zone: ManagedZone, context: ZoneContext): string | undefined {
  return namedPolicy(valueOfOption(zone, context, 'dnssec-policy'))
}

/** Whether the block asks for signing beside the file. */
function signsInline({ options }: ManagedZone): boolean {
  return readBoolean(valueIn(options, 'inline-signing') ?? '') === true
}

/** A policy that is one: `none` is its absence. */
export function namedPolicy(policy: string | undefined): string | undefined {
  return policy === undefined || policy.toLowerCase() === 'none' ? undefined : policy
}

function updatesOf(zone: ManagedZone, context: ZoneContext): UpdateAccess | undefined {
  const written = zone.options.find(option => UPDATE_OPTIONS.has(keywordOf(option) ?? ''))
  const statement = written ?? context.inherited.get('allow-update')
  return statement === undefined ? undefined : readUpdateAccess(statement, context)
}

/** The options of a block that let people update a zone. */
export const UPDATE_OPTIONS: ReadonlySet<string> = new Set(['allow-update', 'update-policy'])

function formatOf(zone: ManagedZone, context: ZoneContext): 'text' | 'raw' {
  const written = valueIn(zone.options, 'masterfile-format')
  if (written === undefined) return context.fleet.policy.masterfileFormat
  return written.toLowerCase() === 'raw' ? 'raw' : 'text'
}

function valueOfOption(zone: ManagedZone, context: ZoneContext, option: string): string | undefined {
  return valueIn(zone.options, option) ?? inheritedValue(context, option)
}

/** The statement as it was written, `;` included. */
export function textOfZone(statement: Statement): string {
  return statement.source.text.slice(statement.start, statement.end)
}

/** The elements of a list, each as it was written, on one line; none without braces. */
export function elementsOf(statement: Statement | undefined): readonly string[] {
  return statement === undefined ? [] : bodyOf(statement).map(textOfZone)
}

/**
 * A list with these elements first, and then what else the operator's has; `also-notify`'s port stays in front. Lists
 * of Baton's own in a text that was rendered before are not the operator's.
 */
export function printJoined(own: readonly string[], written: Statement | undefined): string {
  const before = written === undefined ? [] : valuesOf(written)
  const others = elementsOf(written).filter(element => !own.includes(element) && !isOwnList(element))
  return [...before, '{', ...own, ...others, '}'].join(' ')
}

/** The first value of an option that the block inherits. */
export function inheritedValue(context: ZoneContext, option: string): string | undefined {
  const statement = context.inherited.get(option)
  return statement === undefined ? undefined : valuesOf(statement)[0]
}
