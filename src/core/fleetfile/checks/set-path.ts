import type { FleetDocument } from '../schema.ts'

/** Where a set is described: in `zone-sets`, or at the top of the file. */
export function setPath(document: FleetDocument, set: string): string[] {
  return document['zone-sets'] === undefined ? [] : ['zone-sets', set]
}
