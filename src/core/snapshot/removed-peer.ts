import { listFew } from '../base/index.ts'
import type { FenceRecord } from './fence-record.ts'
import type { SeenMarker } from './snapshot.ts'

/** A peer that was removed from the fleet for good and that the fleet file still names; how it stands, where it answers all the same. */
export type RemovedPeer = {
  readonly record: FenceRecord
  readonly standings: readonly (Pick<SeenMarker, 'role' | 'term'> & { readonly set: string })[]
}

/** The sets for which it says that it is active. */
export function activeAsRemoved({ standings }: RemovedPeer): RemovedPeer['standings'] {
  return standings.filter(({ role }) => role === 'active')
}

/** Fits after its name. */
export function removedInWords({ peer }: { readonly peer: RemovedPeer }): string {
  const { by, recorded, words } = peer.record
  const says = peer.standings.map(({ set, role, term }) => `${role} of ${set} in term ${term}`)
  const answers = says.length === 0 ? '' : `, and it answers as ${says.join(', ')}`
  return `it was removed from the fleet for good by ${by} at ${recorded} (${words})${answers}`
}

export function removedRemedy(server: string, lines: readonly number[]): string {
  const where = lines.length === 0 ? '' : ` (it is named in line ${listFew(lines.map(String))})`
  return `Take ${server} out of baton.yaml${where}, then \`baton push\`. A new machine gets a name of its own.`
}
