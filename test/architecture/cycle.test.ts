import { expect, it } from 'vitest'
import { findCycle } from './cycle.ts'

const edges = (entries: Record<string, string[]>) => new Map(Object.entries(entries))

it('finds a circle and shows it', () => {
  expect(findCycle(edges({ start: ['a'], a: ['b'], b: ['c'], c: ['a'] }))).toEqual(['a', 'b', 'c', 'a'])
})

it('is content with two ways to the same place', () => {
  expect(findCycle(edges({ a: ['b', 'c'], b: ['d'], c: ['d'] }))).toEqual([])
})

it('finds a file that imports itself', () => {
  expect(findCycle(edges({ a: ['a'] }))).toEqual(['a', 'a'])
})
