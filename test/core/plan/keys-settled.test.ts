import { describe, expect, it } from 'vitest'
import { runChecks } from '../../../src/core/plan/index.ts'
import { withNamed } from '../snapshot/world.ts'
import { KEYS_SETTLED, KEYS_UNSETTLED, key, withKeys } from './keys-unsettled.ts'
import { answer, contextOf, SWITCHOVER } from './question.ts'
import { rerendered } from './wrong-worlds.ts'

describe('keys-settled', () => {
  it.each(KEYS_SETTLED)('says yes: $when', ({ world }) => {
    expect(answer('keys-settled', world, SWITCHOVER)).toEqual([])
  })

  it('says when it will be safe, and how to see it', () => {
    expect(remedyOf(KEYS_UNSETTLED[0]?.world)).toMatch(
      /`rndc .*dnssec -status a\.example` shows `ds: hidden`.* the key files say 2026-11-24T12:00:00Z at the latest\./,
    )
    expect(remedyOf(KEYS_UNSETTLED[3]?.world)).toContain('the key files do not say yet when that is')
  })

  it('says that nothing is known of a signed zone without key files', () => {
    const world = withNamed(
      { ...withKeys([]), rendered: rerendered('ns2', { signing: true }).rendered },
      'ns2',
      {
        version: '9.20.30',
      },
    )
    expect(answer('keys-settled', world, SWITCHOVER)[0]).toMatch(
      /^ns2: not known of \d DNSSEC keys?: a\.example \(no key file/,
    )
    expect(answer('keys-settled', withKeys([key(1, { kind: 'zone-key' })]), SWITCHOVER)).toEqual([])
  })
})

function remedyOf(world: Parameters<typeof contextOf>[0] | undefined): string {
  if (world === undefined) throw new Error('there is such a world')
  const outcomes = runChecks(contextOf(world, SWITCHOVER))
  return outcomes.find(({ name }) => name === 'keys-settled')?.refusals[0]?.remedy ?? ''
}
