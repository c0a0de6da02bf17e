import { listWords, suggest } from '../fleet/index.ts'
import { printExample } from './example.ts'
import type { Finding } from './finding.ts'
import { NAME_RULE } from './formats/index.ts'
import { knownWords } from './known-words.ts'
import { type Path, printPath } from './places.ts'
import { isMapping, valueAt } from './raw-document.ts'

/** A setting that is not said, where it must be. */
export type Missing = {
  readonly path: Path
  /** The only values that it may have, where they are few. */
  readonly choices: readonly unknown[]
  readonly document: unknown
}

export function unknownSetting(path: Path): Finding {
  const word = String(path.at(-1))
  const words = knownWords(path.slice(0, -1))
  const meant = suggest(word, words)
  return {
    code: 'fleet.unknown-setting',
    severity: 'error',
    path,
    about: 'key',
    message: `\`${word}\` means nothing ${path.length > 1 ? `in \`${printPath(path.slice(0, -1))}\`` : 'here'}.`,
    remedy: words.includes(word)
      ? 'It goes only with another `kind`.'
      : meant === undefined
        ? `Known here are ${listWords(words)}.`
        : `Did you mean \`${meant}\`?`,
  }
}

/** Where it is only misspelt, that is said, in the words of `unknownSetting`, so that it is told once. */
export function missingSetting(missing: Missing): Finding {
  const { path, choices } = missing
  const misspelt = findMisspelt(missing)
  if (misspelt !== undefined) return unknownSetting(misspelt)
  const around = path.slice(0, -1)
  const word = String(path.at(-1))
  const where = around.length > 0 ? `\`${printPath(around)}\`` : 'The file'
  return {
    code: 'fleet.missing-setting',
    severity: 'error',
    path: around,
    about: 'key',
    message: `${where} does not say \`${word}\`, which has no default.`,
    remedy:
      choices.length > 0 ? `Add ${printChoices(word, choices)}.` : `Add it, as in \`${printExample(path)}\`.`,
  }
}

/** The word beside it that was written in its place. */
function findMisspelt({ path, document }: Missing): Path | undefined {
  const around = path.slice(0, -1)
  const said = valueAt(document, around)
  const known = knownWords(around)
  const words = isMapping(said) ? Object.keys(said).filter(word => !known.includes(word)) : []
  const misspelt = words.find(word => suggest(word, known) === path.at(-1))
  return misspelt === undefined ? undefined : [...around, misspelt]
}

/** `` `kind: peer` or `kind: secondary` ``. */
export function printChoices(word: string, choices: readonly unknown[]): string {
  return choices.map(choice => `\`${word}: ${String(choice)}\``).join(' or ')
}

export function badName(path: Path): Finding {
  const message = `\`${String(path.at(-1))}\` cannot be used as a name.`
  return { code: 'fleet.bad-name', severity: 'error', path, about: 'key', message, remedy: NAME_RULE }
}
