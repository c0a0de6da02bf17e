import fc from 'fast-check'

/** One write out of each of so many equal stretches from 1 to `writes`, so that a sample is spread over the whole run. */
export function sampleWrites(
  writes: number,
  choice: { readonly count: number; readonly seed: number },
): readonly number[] {
  const stretches = Math.min(writes, choice.count)
  return Array.from({ length: stretches }, (_, index) => {
    const min = 1 + Math.floor((index * writes) / stretches)
    const max = Math.floor(((index + 1) * writes) / stretches)
    return pickNumber({ min, max }, choice.seed + index)
  })
}

/** A number from `min` to `max`, always the same for the same seed. */
export function pickNumber(range: { readonly min: number; readonly max: number }, seed: number): number {
  return fc.sample(fc.integer(range), { seed, numRuns: 1 })[0] ?? range.min
}
