/** So many inputs of one target as are tried in one go: the unit that is timed, and that a failure names. */
export type Slice = { readonly target: string; readonly seed: number; readonly count: number }

export const SLICE_INPUTS = 2_000

/**
 * Shares the inputs out among the targets, and cuts each share into slices. The seed of the first slice is the seed
 * itself and each later one is one more, so that a slice can be tried again alone by giving its own seed.
 */
export function cutSlices(targets: readonly string[], inputs: number, seed: number): Slice[] {
  const share = Math.ceil(inputs / targets.length)
  const rounds = Math.ceil(share / SLICE_INPUTS)
  return Array.from({ length: rounds }, (_, round) => {
    const count = Math.min(SLICE_INPUTS, share - round * SLICE_INPUTS)
    return targets.map(target => ({ target, seed: (seed + round) >>> 0, count }))
  }).flat()
}

/** The command that tries exactly this slice again. */
export function repeatCommand({ target, seed, count }: Slice): string {
  return `npm run fuzz -- --only ${target} --seed ${seed} --inputs ${count}`
}
