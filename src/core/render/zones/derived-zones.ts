import { findStatement, keywordOf, type Statement, valuesOf } from '../../namedconf/index.ts'
import { joinLines, quoteString } from '../conf-text.ts'
import type { ManagedPart, ManagedZone } from './managed-zone.ts'
import { isAllowed, standingOfOption } from './option-standing.ts'
import { isOff, livingOptions } from './written-options.ts'
import {
  factsOf,
  inheritedValue,
  namedPolicy,
  printJoined,
  textOfZone,
  type ZoneContext,
  type ZoneFacts,
} from './zone-context.ts'

/** Who the derived blocks are for: a peer that may become active, or a secondary that never does. */
export type DerivedFor = 'standby' | 'secondary'

/**
 * The zone blocks of a part as `type secondary`, derived from the active's: the same file, journal and format, so that
 * a change of role finds its data; what named refuses in a secondary left out.
 */
export function printDerivedZones(part: ManagedPart, context: ZoneContext, derived: DerivedFor): string {
  return joinLines([
    '# Derived by Baton from the zone blocks of the active server; changes here are overwritten.',
    ...part.zones.map(zone => printZone(zone, context, derived)),
  ])
}

function printZone(zone: ManagedZone, context: ZoneContext, derived: DerivedFor): string {
  const kept = livingOptions(zone, context).filter(option => isKept(option, context, derived))
  const own = ownStatements(zone, context, derived)
  const [, name] = zone.statement.parts
  const text = name === undefined ? '' : zone.statement.source.text.slice(name.start, name.end)
  const lines = [
    'type secondary;',
    `primaries { ${context.others.join(' ')} };`,
    ...kept.map(textOfZone),
    ...own,
  ]
  return [`zone ${text} {`, ...lines.map(line => `\t${line}`), '};'].join('\n')
}

/** Options that named takes in both types of zone, and that Baton writes for this one itself or not at all. */
const REPLACED = new Set([
  'type',
  'allow-transfer',
  'also-notify',
  'notify',
  'masterfile-format',
  'notify-delay',
])

/**
 * Only the server that changes a zone signs it; a copy that signs again would be another zone. named refuses some of
 * these in a secondary ("requires inline-signing"), though its grammar has them there.
 */
const SIGNING = new Set([
  'auto-dnssec',
  'checkds',
  'dnskey-sig-validity',
  'dnssec-dnskey-kskonly',
  'dnssec-loadkeys-interval',
  'dnssec-policy',
  'dnssec-update-mode',
  'inline-signing',
  'nsec3-test-zone',
  'parental-agents',
  'parental-source',
  'parental-source-v6',
  'sig-signing-nodes',
  'sig-signing-signatures',
  'sig-signing-type',
  'sig-validity-interval',
  'update-check-ksk',
])

function isKept(option: Statement, { release }: ZoneContext, derived: DerivedFor): boolean {
  const keyword = keywordOf(option) ?? ''
  if (REPLACED.has(keyword) || SIGNING.has(keyword)) return false
  if (keyword === 'key-directory' && derived === 'secondary') return false
  return isAllowed(standingOfOption(keyword, release), 'secondary')
}

function ownStatements(zone: ManagedZone, context: ZoneContext, derived: DerivedFor): readonly string[] {
  const facts = factsOf(zone, context)
  const transfers = findStatement(zone.options, 'allow-transfer') ?? context.inherited.get('allow-transfer')
  return [
    `masterfile-format ${facts.format};`,
    `allow-transfer ${printJoined(context.transfers, transfers)};`,
    ...printNotify(zone, context, derived),
    ...(namedPolicy(inheritedValue(context, 'dnssec-policy')) !== undefined
      ? ['dnssec-policy none;', 'inline-signing no;']
      : []),
    ...(derived === 'standby' ? printForwarding(facts) : []),
  ]
}

/**
 * The active tells every server. A standby tells those who ask it first, because they may reach nobody else, and whom
 * the operator names; a secondary tells nobody: what each server would repeat to each costs more than the updates.
 */
function printNotify(zone: ManagedZone, context: ZoneContext, derived: DerivedFor): readonly string[] {
  if (derived === 'secondary') return ['notify no;']
  const notify = findStatement(zone.options, 'notify')
  const delay = findStatement(zone.options, 'notify-delay')
  const listed = findStatement(zone.options, 'also-notify') ?? context.inherited.get('also-notify')
  return [
    notify === undefined || !isOff(valuesOf(notify)[0]) ? 'notify explicit;' : textOfZone(notify),
    `also-notify ${printJoined(context.followers, listed)};`,
    delay === undefined ? `notify-delay ${context.fleet.policy.notifyDelayS};` : textOfZone(delay),
  ]
}

/** What a standby passes on to the active: updates signed with a key that may change the zone there. */
function printForwarding({ updates }: ZoneFacts): readonly string[] {
  if (updates === undefined || updates.keys.length === 0) return []
  return [`allow-update-forwarding { ${updates.keys.map(key => `key ${quoteString(key)};`).join(' ')} };`]
}
