import { CODES, type CodeEntry } from '../base/index.ts'
import { VERDICTS } from '../snapshot/index.ts'
import { CHECKS } from './checks.ts'

/** Every code that Baton can print, with what it means: the listed ones, one for each check, and one for each verdict. */
export const CODE_ENTRIES: Readonly<Record<string, CodeEntry>> = {
  ...Object.fromEntries(CHECKS.map(({ name, meaning, remedy }) => [`check.${name}`, { meaning, remedy }])),
  ...Object.fromEntries(
    Object.entries(VERDICTS).map(([kind, { meaning, remedy }]) => [`snapshot.${kind}`, { meaning, remedy }]),
  ),
  ...CODES,
}
