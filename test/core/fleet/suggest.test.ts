import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, suggest } from '../../../src/core/fleet/suggest.ts'

describe('the distance of two words', () => {
  it.each([
    ['', 'abc', 3],
    ['peer', 'pear', 1],
    ['rdnc', 'rndc', 1],
    ['statistics', 'statistic', 1],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %i', (left, right, distance) => {
    expect(editDistance(left, right)).toBe(distance)
  })

  it('is the same both ways, and nothing only between equal words', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
        expect(editDistance(left, right)).toBe(editDistance(right, left))
        expect(editDistance(left, right) === 0).toBe(left === right)
      }),
    )
  })
})

describe('a suggestion', () => {
  it('is the nearest word', () => {
    expect(suggest('adress', ['port', 'address', 'addresses'])).toBe('address')
  })

  it('overlooks capitals', () => {
    expect(suggest('FLEET', ['fleet'])).toBe('fleet')
  })

  it('is nothing when two words are equally near', () => {
    expect(suggest('ns9', ['ns1', 'ns2'])).toBeUndefined()
    expect(suggest('ns22', ['ns1', 'ns2'])).toBe('ns2')
  })

  it('is nothing when no word is near', () => {
    expect(suggest('listen-on', ['address', 'port'])).toBeUndefined()
  })
})
