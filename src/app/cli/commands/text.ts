import { InvalidArgumentError } from '@commander-js/extra-typings'

/**
 * What a person says in words. A flag is none: `--reason --dry-run` would take the flag for the reason, and act where only
 * a look was wanted.
 */
export function readText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It takes words, and there are none.')
  if (text.startsWith('--')) throw new InvalidArgumentError('It takes words, and that is another option.')
  return text
}
