import { describe, expect, it } from 'vitest'
import { countOf, firstFew, listFew } from '../../../src/core/base/index.ts'

const SIX = ['a', 'b', 'c', 'd', 'e', 'f']

describe('a list that is told to a person', () => {
  it('is whole as long as it is short', () => {
    expect(listFew([])).toBe('')
    expect(listFew(SIX.slice(1))).toBe('b, c, d, e, f')
    expect(firstFew(SIX, { max: 6 })).toEqual(SIX)
  })

  it('ends with how many are left out, and where they are', () => {
    expect(listFew(SIX)).toBe('a, b, c, d, e and 1 more')
    expect(listFew(SIX, { max: 2, separator: '; ' })).toBe('a; b; and 4 more')
    expect(firstFew(SIX, { max: 1, hint: ': see there' })).toEqual(['a', 'and 5 more: see there'])
  })
})

describe('a number of things', () => {
  it.each([
    [0, '0 zones'],
    [1, '1 zone'],
    [2, '2 zones'],
  ])('%i', (count, words) => {
    expect(countOf(count, 'zone')).toBe(words)
  })
})
