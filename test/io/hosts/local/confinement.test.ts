import { describe, expect, it } from 'vitest'
import { namedProfile } from '../../../../src/io/hosts/local/rights/confinement.ts'

describe('the AppArmor profile that confines named', () => {
  it.each([
    ['/usr/sbin/cupsd (enforce)\n/usr/sbin/named (enforce)\n', '/usr/sbin/named (enforce)'],
    ['named (enforce)\n', 'named (enforce)'],
  ])('is found in %j', (profiles, profile) => {
    expect(namedProfile(profiles)).toBe(profile)
  })

  it.each([
    '',
    '/usr/sbin/named (complain)\n',
    '/usr/sbin/named-checkconf (enforce)\n',
    'unnamed (enforce)\n',
  ])('is not found in %j', profiles => {
    expect(namedProfile(profiles)).toBeUndefined()
  })
})
