import type { Fleet, Server } from '../fleet/index.ts'
import type { Snapshot } from './snapshot.ts'

/** Who a server says that it is. */
export type SaidName = { readonly server: string; readonly fleet: string }

/**
 * What a server calls itself, by a marker or its state file, where that is another server or another fleet; nothing where
 * it says that it is ours, or says nothing. What it tells of roles and terms, and what its files hold, means nothing here.
 */
export function foreignName(fleet: Fleet, { name }: Server, snapshot: Snapshot): SaidName | undefined {
  const seen = snapshot.servers.get(name)
  const markers = [...(seen?.markers.values() ?? [])].flatMap(marker => (marker.ok ? [marker.value] : []))
  const state = seen?.files?.ok ? seen.files.value.state : undefined
  return [...markers, ...(state === undefined ? [] : [state])].find(says => !isOurs(fleet, name, says))
}

/** Whether what calls itself so is this server of this fleet. */
export function isOurs(fleet: Fleet, server: string, says: SaidName): boolean {
  return says.fleet === fleet.name && says.server === server
}

/** `it calls itself ns1 of fleet other, not ns1 of demo`. */
export function foreignInWords(fleet: Fleet, server: string, says: SaidName): string {
  return `it calls itself ${says.server} of fleet ${says.fleet}, not ${server} of ${fleet.name}`
}

/** A fleet file that was copied or renamed is likelier than ports that lead, name by name, to another fleet. */
export function foreignRemedy(fleet: Fleet, server: string, says: SaidName): string {
  const look = 'its address, ports and folder in baton.yaml with the server itself.'
  return says.server === server && says.fleet !== fleet.name
    ? `If this file is meant for fleet ${says.fleet}, put \`fleet: ${says.fleet}\` into it. If not, compare ${look}`
    : `Compare ${look}`
}
