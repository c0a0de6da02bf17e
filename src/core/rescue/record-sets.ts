import type { DomainName } from '../base/index.ts'
import { canonicalRdata } from '../dns/index.ts'
import type { WireRecord } from '../zonefile/index.ts'

/** The records of one owner and type, by their canonical data. */
export type RecordSet = ReadonlyMap<string, WireRecord>

/** Records that go and records that come; of one that does both, only the TTL changes. */
export type RecordChange = { readonly deleted: readonly WireRecord[]; readonly added: readonly WireRecord[] }

const EMPTY: RecordSet = new Map()

/** The content of a zone, set by set. */
export class RecordSets {
  readonly #owners = new Map<DomainName, Map<number, RecordSet>>()

  constructor(records: readonly WireRecord[]) {
    this.apply({ deleted: [], added: records })
  }

  at(owner: DomainName, type: number): RecordSet {
    return this.#owners.get(owner)?.get(type) ?? EMPTY
  }

  /** The types of which an owner has records. */
  typesAt(owner: DomainName): readonly number[] {
    return [...(this.#owners.get(owner) ?? [])].flatMap(([type, set]) => (set.size > 0 ? [type] : []))
  }

  records(): readonly WireRecord[] {
    return [...this.#owners.values()].flatMap(types => [...types.values()].flatMap(set => [...set.values()]))
  }

  apply(change: RecordChange): void {
    for (const part of splitBySet(change)) this.#put(part, changeSet(this.at(part.owner, part.type), part))
  }

  /** Takes a change back that was made here. */
  takeBack({ deleted, added }: RecordChange): void {
    this.apply({ deleted: added, added: deleted })
  }

  #put({ owner, type }: SetPlace, set: RecordSet): void {
    const types = this.#owners.get(owner) ?? new Map<number, RecordSet>()
    this.#owners.set(owner, types.set(type, set))
  }
}

export type SetPlace = { readonly owner: DomainName; readonly type: number }

/** What a change does to one set. */
export type SetChange = SetPlace & RecordChange

/** A change set by set, in the order in which it touches them. */
export function splitBySet({ deleted, added }: RecordChange): readonly SetChange[] {
  const parts = new Map<string, SetPlace & { deleted: WireRecord[]; added: WireRecord[] }>()
  const partOf = ({ owner, type }: WireRecord) => {
    const key = placeKey({ owner, type })
    const part = parts.get(key) ?? { owner, type, deleted: [], added: [] }
    parts.set(key, part)
    return part
  }
  for (const record of deleted) partOf(record).deleted.push(record)
  for (const record of added) partOf(record).added.push(record)
  return [...parts.values()]
}

export function placeKey({ owner, type }: SetPlace): string {
  return `${owner} ${type}`
}

export function changeSet(set: RecordSet, { deleted, added }: RecordChange): RecordSet {
  const changed = new Map(set)
  for (const record of deleted) changed.delete(keyOf(record))
  for (const record of added) changed.set(keyOf(record), record)
  return changed
}

/** TTLs count: two sets that differ in them are answered differently. */
export function areSame(left: RecordSet, right: RecordSet): boolean {
  return left.size === right.size && [...left].every(([key, { ttl }]) => right.get(key)?.ttl === ttl)
}

/** Whether what the change wants is so already: what it adds is there, what it deletes is not. */
export function isOutcome(set: RecordSet, { deleted, added }: RecordChange): boolean {
  const comes = new Set(added.map(keyOf))
  return (
    added.every(record => set.get(keyOf(record))?.ttl === record.ttl) &&
    deleted.every(record => comes.has(keyOf(record)) || !set.has(keyOf(record)))
  )
}

export function keyOf({ type, rdata }: WireRecord): string {
  return canonicalRdata(type, rdata)
}
