import type { DomainName, Serial } from '../base/index.ts'
import { diffRecords } from '../dns/index.ts'
import type { WireRecord } from '../zonefile/index.ts'
import type { Orphan } from './zone-orphans.ts'

/**
 * What a saved file differs in from what is known, one orphan for each name: in which order, and by how many updates, nobody
 * knows any more.
 */
export function orphansByContent(
  known: readonly WireRecord[],
  saved: readonly WireRecord[],
  span: { readonly from: Serial; readonly to: Serial },
): readonly Orphan[] {
  const { missing, extra } = diffRecords(known, saved)
  const byOwner = new Map<DomainName, { deleted: WireRecord[]; added: WireRecord[] }>()
  const changeOf = ({ owner }: WireRecord) => {
    const change = byOwner.get(owner) ?? { deleted: [], added: [] }
    byOwner.set(owner, change)
    return change
  }
  for (const record of missing) changeOf(record).deleted.push(record)
  for (const record of extra) changeOf(record).added.push(record)
  return [...byOwner.values()].map(change => ({ ...span, source: 'content', ...change }))
}
