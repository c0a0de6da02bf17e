import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { type Diagnostic, ok, parseJson, type Result } from '../../../core/base/index.ts'
import type { FleetReading } from '../../../core/fleetfile/index.ts'
import { keepMemory, type MemoryPlace, readMemory } from './memory.ts'

/** A text of `baton.yaml` at its absolute path. */
export type FleetText = { readonly text: string; readonly path: string }

/** As it stands in `.baton/fleet.json`. */
type Remembered = { readonly version: 1; readonly key: string; readonly reading: FleetReading }

/**
 * As `readFleet`; what the same text meant to the same code before is recalled. What reads the text is more than a
 * quarter of the code that a short command loads, so it is loaded for a text that is new.
 */
export async function readFleetText(
  text: FleetText,
  build: string | undefined,
): Promise<Result<FleetReading, readonly Diagnostic[]>> {
  const key = build === undefined ? undefined : keyOfMemory(text, build)
  const recalled = key === undefined ? undefined : await recallFleet(text, key)
  if (recalled !== undefined) return ok(recalled)
  const { readFleet } = await import('../../../core/fleetfile/index.ts')
  const reading = readFleet(text.text, text.path)
  if (key !== undefined && reading.ok) await rememberFleet(text, key, reading.value)
  return reading
}

/** A digest over all that the meaning of a text depends on, the code that reads it included. */
export function keyOfMemory({ text, path }: FleetText, build: string): string {
  return createHash('sha256')
    .update(`${JSON.stringify([build, path])}\n`)
    .update(text)
    .digest('hex')
}

export async function recallFleet(text: FleetText, key: string): Promise<FleetReading | undefined> {
  const content = await readMemory(placeOf(text))
  if (content === undefined) return undefined
  const remembered = parseJson(content) as Remembered | null | undefined
  return remembered?.version === 1 && remembered.key === key ? remembered.reading : undefined
}

export async function rememberFleet(text: FleetText, key: string, reading: FleetReading): Promise<void> {
  const remembered: Remembered = { version: 1, key, reading }
  await keepMemory(placeOf(text), JSON.stringify(remembered))
}

function placeOf({ path }: FleetText): MemoryPlace {
  return { folder: dirname(path), name: 'fleet' }
}
