/** The time of day in whole seconds since 1970, as TSIG signs it. */
export function wholeSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
