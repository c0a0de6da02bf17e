import { InvalidArgumentError } from '@commander-js/extra-typings'

/** A whole number of six digits at most; whether it makes sense is for the command to say. */
export function countFrom(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It takes a whole number.')
}
