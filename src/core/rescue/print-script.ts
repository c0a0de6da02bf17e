import { countOf, type DomainName, unreachable } from '../base/index.ts'
import { type Change, type Prerequisite, printRdata, printRecord, printRecordType } from '../dns/index.ts'
import type { WireRecord } from '../zonefile/index.ts'
import type { JudgedOrphan, Obstacle } from './judge-orphans.ts'
import { orphanUpdate } from './orphan-update.ts'

/** What a script for nsupdate says besides the updates. */
export type ScriptHead = {
  /** Lines of comment: what this is, and how it is used. */
  readonly comments: readonly string[]
  /** Where the updates go: the active. */
  readonly server: { readonly address: string; readonly port: number }
}

export type ScriptZone = {
  readonly name: DomainName
  readonly view: string
  /** Names of keys that may update it; their secrets are nobody's business here. */
  readonly keys: readonly string[]
  readonly orphans: readonly JudgedOrphan[]
}

/**
 * The orphans as a script for nsupdate: one `send` each, in their order, behind prerequisites that hold only while every
 * set is as it was seen. What is there already, or in conflict, stands in it as a comment.
 */
export function printScript(head: ScriptHead, zones: readonly ScriptZone[]): string {
  const { address, port } = head.server
  return [
    ...head.comments.map(comment),
    `server ${address} ${port}`,
    // Owner names that named accepted are nothing for nsupdate to judge.
    'check-names no',
    ...zones.flatMap(zoneLines),
    '',
  ].join('\n')
}

function zoneLines({ name, view, keys, orphans }: ScriptZone): readonly string[] {
  const where = view === '_default' ? '' : ` in view ${view}`
  const key =
    keys.length === 0 ? 'no key of the fleet may update it' : `sign with the key ${keys.join(' or ')}`
  return [
    '',
    comment(`zone ${absolute(name)}${where}: ${countOf(orphans.length, 'orphan')}; ${key}`),
    ...orphans.flatMap((judged, index) => [
      '',
      comment(`${index + 1} of ${orphans.length}: ${inWords(judged)}`),
      ...(judged.verdict === 'applies' ? updateLines(name, judged) : judged.obstacles.flatMap(obstacleLines)),
    ]),
  ]
}

function inWords({ orphan, verdict }: JudgedOrphan): string {
  const where =
    orphan.source === 'journal'
      ? `serial ${orphan.from} to ${orphan.to}`
      : `by content, after serial ${orphan.from}`
  switch (verdict) {
    case 'applies':
      return where
    case 'already-there':
      return `${where}: already there`
    case 'conflict':
      return `${where}: in conflict with what has been written since, so it is left to you`
    case 'unknown':
      return `${where}: whether it is newer than what is there is not known, so it is left to you`
    default:
      return unreachable(verdict)
  }
}

function updateLines(zone: DomainName, { sets }: JudgedOrphan): readonly string[] {
  const { prerequisites, changes } = orphanUpdate(zone, sets)
  return [
    `zone ${absolute(zone)}`,
    ...prerequisites.map(prerequisiteLine),
    ...changes.map(changeLine),
    'send',
  ]
}

function prerequisiteLine(prerequisite: Prerequisite): string {
  const name = absolute(prerequisite.name)
  switch (prerequisite.kind) {
    case 'name-exists':
      return `prereq yxdomain ${name}`
    case 'name-absent':
      return `prereq nxdomain ${name}`
    case 'set-exists':
      return `prereq yxrrset ${name} IN ${printRecordType(prerequisite.type)}`
    case 'set-absent':
      return `prereq nxrrset ${name} IN ${printRecordType(prerequisite.type)}`
    case 'set-equals':
      return `prereq yxrrset ${name} IN ${typeAndData(prerequisite)}`
    default:
      return unreachable(prerequisite)
  }
}

function changeLine(change: Change): string {
  const name = absolute(change.name)
  switch (change.kind) {
    case 'add':
      return `update add ${name} ${change.ttl} IN ${typeAndData(change)}`
    case 'delete-record':
      return `update delete ${name} IN ${typeAndData(change)}`
    case 'delete-set':
      return `update delete ${name} IN ${printRecordType(change.type)}`
    case 'delete-name':
      return `update delete ${name}`
    default:
      return unreachable(change)
  }
}

/** Of an orphan that is not replayed: which set, why, what it would do, and what is there now. */
function obstacleLines({ owner, type, because, deleted, added, now }: Obstacle): readonly string[] {
  return [
    `${absolute(owner)} ${printRecordType(type)}: ${because}`,
    ...deleted.map(record => `  would delete ${printRecord(record)}`),
    ...added.map(record => `  would add    ${printRecord(record)}`),
    ...(now.length === 0
      ? ['  there is none now']
      : now.map(record => `  there is now ${printRecord(record)}`)),
  ].map(comment)
}

function typeAndData({ type, rdata }: Pick<WireRecord, 'type' | 'rdata'>): string {
  return `${printRecordType(type)} ${printRdata(type, rdata)}`
}

function absolute(name: DomainName): string {
  return name === '.' ? name : `${name}.`
}

function comment(text: string): string {
  return `; ${text}`
}
