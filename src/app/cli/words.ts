import { existsSync } from 'node:fs'
import type { Format } from './invocation.ts'
import type { ColourChoice } from './terminal.ts'

const FLEET_FILE = 'baton.yaml'

/** Where the fleet is described: as was said, or here, or where the environment says. */
export function fleetFileOf(said: string | undefined): string {
  if (said !== undefined) return said
  return existsSync(FLEET_FILE) ? FLEET_FILE : (process.env['BATON_FLEET'] ?? FLEET_FILE)
}

/** How to answer, also where the words cannot be read as a command. */
export function formatOf(words: readonly string[]): Format {
  return words.includes('--json') ? 'json' : 'text'
}

/** The same for colours. */
export function colourOf(words: readonly string[]): ColourChoice {
  return words.includes('--no-color') ? 'never' : 'if-possible'
}
