import { compareSerials, countOf, type Instant, listFew } from '../../../core/base/index.ts'
import { type Snapshot, zoneId } from '../../../core/snapshot/index.ts'
import { newestSerials } from '../../../io/engine/index.ts'
import { type Contacts, linkOf, seeDisk } from '../../../io/observe/index.ts'
import type { LossesStatus, LostZone } from '../../contract/index.ts'
import { timestamp } from '../session/clock.ts'
import type { Session } from '../session/session.ts'
import type { FailoverHandover } from './failover-handover.ts'

export type LossesQuestion = {
  readonly handover: FailoverHandover
  readonly snapshot: Snapshot
  readonly contacts: Contacts
}

/** What is known to be lost, where the disk of the server that is gone can be read; and what bounds what may be. */
export async function findLosses(session: Session, question: LossesQuestion): Promise<LossesStatus> {
  const zones = await compareWithDisk(session, question)
  const { from } = question.handover
  return {
    zones: zones ?? [],
    sentences: [...knownSentences(from, zones), ...boundSentences(session, question)],
  }
}

/** Nothing when its disk cannot be read. */
async function compareWithDisk(
  session: Session,
  { handover, snapshot }: LossesQuestion,
): Promise<readonly LostZone[] | undefined> {
  const { from, to, set, survivors } = handover
  const zones = (session.rendered.get(from)?.zones ?? []).filter(zone => zone.set === set)
  const disk = await seeDisk(linkOf(session.links, from), zones)
  if (!disk.ok) return undefined
  const held = [to, ...survivors].flatMap(name => {
    const seen = snapshot.servers.get(name)?.zones
    return seen?.ok ? [[name, seen.value.zones] as const] : []
  })
  const newest = newestSerials(new Map(held))
  return zones.flatMap(zone => {
    const id = zoneId(zone.name, zone.view)
    const lost = disk.value.get(id)
    const kept = newest.get(id)?.serial
    if (lost?.kind !== 'serial') return []
    const isLost = kept === undefined || compareSerials(kept, lost.serial) === 'before'
    return isLost ? [{ zone: id, serialLost: lost.serial, serialKept: kept ?? null }] : []
  })
}

/** Of a switchover that was past its promotion. */
export function nothingLost({ from, to }: FailoverHandover): LossesStatus {
  const sentence = `Nothing: ${to} had every serial of ${from}, which was frozen, before it took updates itself.`
  return { zones: [], sentences: [sentence] }
}

function knownSentences(from: string, zones: readonly LostZone[] | undefined): readonly string[] {
  if (zones === undefined) return [`The disk of ${from} cannot be read, so what it alone holds is not known.`]
  if (zones.length === 0)
    return [`The disk of ${from} holds no zone at a newer serial than the servers that answer.`]
  return [
    `The disk of ${from} holds ${countOf(zones.length, 'zone')} newer than anybody who answers: ${listFew(zones.map(lostInWords), { separator: '; ' })}. It stays there for \`baton rejoin ${from}\` to find.`,
  ]
}

function lostInWords({ zone, serialLost, serialKept }: LostZone): string {
  return serialKept === null
    ? `${zone} at ${serialLost}, which nobody else has`
    : `${zone} at ${serialLost}, here ${serialKept}`
}

function boundSentences(
  { fleet, rendered }: Session,
  { handover, contacts, snapshot }: LossesQuestion,
): readonly string[] {
  const { from, to, set } = handover
  const zones = (rendered.get(to)?.zones ?? []).filter(zone => zone.set === set && zone.dynamic)
  const delay = `${from} sends NOTIFY at once for a first change and holds further ones back for ${fleet.policy.notifyDelayS} s (notify-delay): updates of its last seconds may have reached no other server.`
  const times = zones.flatMap(({ name, view }) => contacts.get(zoneId(name, view)) ?? [])
  const unknown = zones.length - times.length
  const left =
    unknown > 0
      ? [`Of ${unknown} dynamic zones it is not known when anybody last had an answer from ${from}.`]
      : []
  if (times.length === 0) return [delay, ...left]
  const oldest = Math.min(...times)
  const newest = Math.max(...times)
  return [
    delay,
    `The servers that answer last heard of its dynamic zones from a primary ${spanInWords(oldest, newest, snapshot.taken)}; what it changed after that and could tell nobody is not here.`,
    ...left,
  ]
}

function spanInWords(oldest: Instant, newest: Instant, now: Instant): string {
  const ago = (then: Instant) => Math.max(0, Math.round((now - then) / 1000))
  if (ago(oldest) === ago(newest)) return `at ${timestamp(newest)}, ${ago(newest)} s ago`
  return `between ${timestamp(oldest)} and ${timestamp(newest)}, ${ago(oldest)} to ${ago(newest)} s ago`
}
