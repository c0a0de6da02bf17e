export type { FleetDiagnostic } from './finding.ts'
export { fleetJsonSchema, type JsonSchema } from './json-schema.ts'
export { type FleetReading, parseFleet, readFleet } from './parse.ts'
