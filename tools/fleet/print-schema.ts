import { fleetJsonSchema } from '../../src/core/fleetfile/index.ts'

/** The JSON Schema of `baton.yaml` as a file. */
export function printSchema(): string {
  return `${JSON.stringify(fleetJsonSchema(), null, 2)}\n`
}
