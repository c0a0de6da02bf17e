import { expect, it } from 'vitest'
import { cutSlices, repeatCommand, SLICE_INPUTS } from '../../tools/fuzz/slices.ts'

it('shares the inputs among the targets, none left out', () => {
  const slices = cutSlices(['one', 'two'], 3 * SLICE_INPUTS, 7)
  const counts = ['one', 'two'].map(target =>
    slices.filter(slice => slice.target === target).reduce((sum, { count }) => sum + count, 0),
  )
  expect(counts).toEqual([1.5 * SLICE_INPUTS, 1.5 * SLICE_INPUTS])
})

it('makes every slice from a seed of its own', () => {
  const seeds = cutSlices(['one'], 5 * SLICE_INPUTS, 2 ** 32 - 2).map(({ seed }) => seed)
  expect(seeds).toEqual([2 ** 32 - 2, 2 ** 32 - 1, 0, 1, 2])
})

it('tries a slice again with the command it names', () => {
  const [, again] = cutSlices(['one'], 2 * SLICE_INPUTS, 7)
  expect(again && repeatCommand(again)).toBe(`npm run fuzz -- --only one --seed 8 --inputs ${SLICE_INPUTS}`)
  expect(cutSlices(['one'], SLICE_INPUTS, 8)).toEqual([again])
})
