import type { Fleet } from '../../fleet/index.ts'
import type { Finding } from '../finding.ts'
import type { FleetDocument } from '../schema.ts'

/** A fleet whose every value is good by itself, with the document it was composed from. */
export type FleetContext = { readonly fleet: Fleet; readonly document: FleetDocument }

/** Looks at one way in which the parts of a fleet may not fit together. */
export type FleetCheck = (context: FleetContext) => Finding[]
