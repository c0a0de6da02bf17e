import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ANSWERS, decideBoot, OWN_STANDINGS } from '../../../src/core/guard/index.ts'

const standings = fc.constantFrom(...OWN_STANDINGS)
const answers = fc.array(fc.constantFrom(...ANSWERS), { maxLength: 8 })

test('active only who was active, whom somebody confirms, and whom nobody contradicts or leaves in doubt', () => {
  fc.assert(
    fc.property(standings, answers, (own, heard) => {
      const mayBeActive =
        own === 'active' &&
        heard.includes('confirms') &&
        heard.every(answer => ['confirms', 'outdated-peer', 'silent'].includes(answer))
      expect(decideBoot(own, heard).role).toBe(mayBeActive ? 'active' : 'standby')
    }),
  )
})

test('the order of the answers does not matter', () => {
  fc.assert(
    fc.property(standings, answers, (own, heard) => {
      expect(decideBoot(own, heard.toReversed())).toEqual(decideBoot(own, heard))
    }),
  )
})
