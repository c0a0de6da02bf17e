import { listWords, suggest } from '../fleet/index.ts'
import { printExample } from './example.ts'
import type { Finding } from './finding.ts'
import { NAME_RULE } from './formats/index.ts'
import { knownWords } from './known-words.ts'
import { type Path, printPath } from './places.ts'

/** A setting that is not said, where it must be. */
export type Missing = {
  readonly path: Path
  /** The only values that it may have, where they are few. */
  readonly choices: readonly unknown[]
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

export function missingSetting({ path, choices }: Missing): Finding {
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

/** `` `kind: peer` or `kind: secondary` ``. */
export function printChoices(word: string, choices: readonly unknown[]): string {
  return choices.map(choice => `\`${word}: ${String(choice)}\``).join(' or ')
}

export function badName(path: Path): Finding {
  const message = `\`${String(path.at(-1))}\` cannot be used as a name.`
  return { code: 'fleet.bad-name', severity: 'error', path, about: 'key', message, remedy: NAME_RULE }
}
