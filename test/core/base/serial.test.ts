import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advanceSerial, compareSerials, type Serial, serialFrom } from '../../../src/core/base/index.ts'

const SERIAL_MAX = 2 ** 32 - 1
const serials = fc.integer({ min: 0, max: SERIAL_MAX }).map(value => value as Serial)
const steps = fc.integer({ min: 1, max: 2 ** 31 - 1 })

describe('a serial', () => {
  it('is a whole number of 32 bits', () => {
    expect([0, SERIAL_MAX].map(serialFrom)).toEqual([0, SERIAL_MAX])
    expect([-1, SERIAL_MAX + 1, 1.5, Number.NaN].map(serialFrom)).toEqual(Array(4).fill(undefined))
  })
})

describe('the order of serials', () => {
  it('is that of RFC 1982: the examples of its section 5.1, with 32 bits', () => {
    expect(compareSerials(0 as Serial, 1 as Serial)).toBe('before')
    expect(compareSerials(SERIAL_MAX as Serial, 0 as Serial)).toBe('before')
    expect(compareSerials(100 as Serial, 44 as Serial)).toBe('after')
  })

  it('says nothing of two serials that are half the space apart', () => {
    fc.assert(
      fc.property(serials, serial => {
        const opposite = ((serial + 2 ** 31) % 2 ** 32) as Serial
        expect(compareSerials(serial, opposite)).toBe('incomparable')
        expect(compareSerials(opposite, serial)).toBe('incomparable')
      }),
    )
  })

  it('puts an advanced serial after, for every step that RFC 1982 allows', () => {
    fc.assert(
      fc.property(serials, steps, (serial, step) => {
        const advanced = advanceSerial(serial, step) as Serial
        expect(compareSerials(serial, advanced)).toBe('before')
        expect(compareSerials(advanced, serial)).toBe('after')
      }),
    )
  })

  it('has no step that would not come after', () => {
    expect([2 ** 31, -1, 0.5].map(step => advanceSerial(1 as Serial, step))).toEqual(Array(3).fill(undefined))
  })
})
