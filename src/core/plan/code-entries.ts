import { CODES, type CodeEntry } from '../base/index.ts'
import { CHECKS } from './checks.ts'

/** Every code that Baton can print, with what it means: the listed ones, and one for each check. */
export const CODE_ENTRIES: Readonly<Record<string, CodeEntry>> = {
  ...Object.fromEntries(CHECKS.map(({ name, meaning, remedy }) => [`check.${name}`, { meaning, remedy }])),
  ...CODES,
}
