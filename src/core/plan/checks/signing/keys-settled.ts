import { countOf, listFew, type Refusal, refuse } from '../../../base/index.ts'
import { rndcCommand } from '../../../fleet/index.ts'
import {
  type KeyRollover,
  keepsBothSignatures,
  rolloversIn,
  type SeenKey,
  zoneId,
} from '../../../snapshot/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { involvedZones, preflightPart, refuseUnknown, seenNamed } from '../../involved.ts'

/** Without a DNSKEY signature that the parent's DS leads to, every resolver that validates refuses the whole zone. */
export const keysSettled: Check = {
  name: 'keys-settled',
  question: 'Is every KSK and CSK rollover finished, where the new active could not go on with it?',
  meaning:
    'A KSK or CSK of a zone is being replaced, or its key files do not say. From BIND 9.20 on a promoted server signs the keys of such a zone with one key only, and not with the one whose DS the parent has: the zone would be bogus. On 9.18 it goes on with both, and is not refused.',
  remedy:
    "Wait until the parent has the new key's DS alone and `rndc dnssec -status ZONE` shows `ds: hidden` for the old key. In a failover end the rollover in the key files by `dnssec-settime`.",
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context => {
    const { subject } = context
    if (subject.operation !== 'switchover' && subject.operation !== 'failover') return []
    const { from, to } = subject
    if (isUnharmed(context, to)) return []
    // A rollover that stands in the files of both is told of the old active, whose named can be asked how far it is.
    const servers = subject.operation === 'switchover' ? [from, to] : [to]
    const told = new Set<string>()
    return servers.flatMap(server => refuseRollovers(context, server, told))
  },
}

/** A release that is not known counts as one that it matters to. */
function isUnharmed(context: CheckContext, server: string): boolean {
  const named = seenNamed(context, server)
  if (named.kind === 'unknown') return false
  return keepsBothSignatures(named.value.version)
}

function refuseRollovers(context: CheckContext, server: string, told: Set<string>): readonly Refusal[] {
  const code = 'check.keys-settled'
  const keys = preflightPart(context, server, part => part.signingKeyStates)
  if (keys.kind === 'unknown') return [refuseUnknown(code, server, keys)]
  const { under, unknown } = rolloversIn(keys.value)
  const fresh = under.filter(({ zone }) => !told.has(zone))
  for (const { zone } of fresh) told.add(zone)
  const doubts = [
    ...unknown.map(({ key, because }) => `${key.file} (${because})`),
    ...keylessZones(context, server, keys.value),
  ]
  return [
    ...(fresh.length === 0 ? [] : [refuseUnder(context, server, fresh)]),
    ...(doubts.length === 0
      ? []
      : [
          refuse({
            code,
            subject: server,
            because: `not known of ${countOf(doubts.length, 'DNSSEC key')}: ${listFew(doubts)}`,
            remedy: `See that the K* files in the key directory on ${server} are whole and can be read; \`rndc dnssec -status ZONE\` shows what named makes of them.`,
          }),
        ]),
  ]
}

/** Of a zone that is signed there are keys somewhere: where none is seen, nothing is known. A failover has a check for that. */
function keylessZones(context: CheckContext, server: string, keys: readonly SeenKey[]): readonly string[] {
  if (context.subject.operation === 'failover') return []
  const zones = new Set(keys.map(({ zone }) => zone))
  return involvedZones(context, server)
    .filter(({ signing, name }) => signing && !zones.has(name))
    .map(zone => `${zoneId(zone.name, zone.view)} (no key file in ${zone.keyDirectory ?? 'its folder'})`)
}

function refuseUnder(context: CheckContext, server: string, under: readonly KeyRollover[]): Refusal {
  const { subject } = context
  const zones = under.map(({ zone, key }) => `${zone} (key ${key.tag})`)
  return refuse({
    code: 'check.keys-settled',
    subject: server,
    because: `${countOf(under.length, 'zone')} in the middle of a KSK or CSK rollover: ${listFew(zones)}; the new active would not sign with the key that the parent's DS names, and resolvers would refuse the zone`,
    remedy: subject.operation === 'failover' ? BY_HAND : waitUntil(context, server, under),
  })
}

function waitUntil(context: CheckContext, server: string, under: readonly KeyRollover[]): string {
  const [first] = under
  const look = rndcCommand(
    context.fleet,
    server,
    `dnssec -status ${under.length === 1 ? first?.zone : 'ZONE'}`,
  )
  return `Wait until \`${look}\` shows \`ds: hidden\` for the old key and \`ds: omnipresent\` for the new one: ${timeOf(context, under)}. The parent must have the DS of the new key by then; where named does not see that by itself, tell it with \`rndc dnssec -checkds\`.`
}

/** named writes the time when it begins the rollover, from the times of the policy. */
function timeOf({ snapshot }: CheckContext, under: readonly KeyRollover[]): string {
  const times = under.map(({ removed }) => removed)
  if (times.includes(undefined)) return 'the key files do not say yet when that is'
  const last = Math.max(...times.map(Number))
  const words = new Date(last).toISOString().replace('.000Z', 'Z')
  return last > snapshot.taken
    ? `the key files say ${words} at the latest`
    : `the key files said ${words}, which is past, so named waits for the DS`
}

/** Nobody waits for a server that is gone, and a standby's key files stand still. */
const BY_HAND =
  'The key files stand still on a standby, so a person ends the rollover in them; `docs/failover.md` has both ways. While the parent still has the DS of the old key alone: move the files of the new key away and give `dnssec-settime -s -g omnipresent -d omnipresent now -I none -D none KEY` for the old one. Once resolvers have the DS of the new key alone: `dnssec-settime -s -d hidden now KEY` for the old and `dnssec-settime -s -d omnipresent now KEY` for the new one.'
