import { describe, expect, it } from 'vitest'
import { judge, type Verdict } from '../../../src/core/snapshot/index.ts'
import { serial, silenced, TERM, type World, wellWorld, withMarker, withZone } from './world.ts'

const WELL = wellWorld()
const A = 'a.example'

function verdictsOf({ fleet, expected, snapshot }: World): readonly Verdict[] {
  return judge(fleet, expected, snapshot)
}

/** Each verdict in short: what, about whom, which zones. */
function inShort(world: World): string[] {
  return verdictsOf(world).map(verdict => {
    const subject = 'server' in verdict ? verdict.server : ''
    const zones = 'zones' in verdict ? ` ${verdict.zones.join(' ')}` : ''
    return `${verdict.kind} ${subject}${zones}`
  })
}

describe('a server that went back', () => {
  const reached = (world: World, term: number): World => ({
    ...world,
    snapshot: { ...world.snapshot, termsReached: new Map([['ns2', new Map([['default', term]])]]) },
  })
  const others = WELL.fleet.servers.map(({ name }) => name).filter(name => name !== 'ns1')
  const ahead = (names: readonly string[]) =>
    names.reduce((world, name) => withZone(world, [name, A], { serial: serial(101) }), WELL)

  it('is known by a term that the history has it in, and that alone is said of its term', () => {
    expect(inShort(reached(WELL, TERM))).toEqual([])
    const world = withMarker(WELL, 'ns2', { term: TERM - 1 })
    expect(inShort(reached(world, TERM - 1))).toContain('term-behind ns2')
    expect(verdictsOf(reached(world, TERM))).toContainEqual({
      kind: 'term-went-back',
      server: 'ns2',
      set: 'default',
      role: 'standby',
      term: TERM - 1,
      termReached: TERM,
    })
    expect(inShort(reached(world, TERM))).not.toContain('term-behind ns2')
  })

  it('is an active that is behind all others, said once', () => {
    expect(inShort(ahead(others))).toEqual([`serials-went-back ns1 ${A}`])
  })

  it('is none while one other server is not ahead, or too few are seen', () => {
    expect(inShort(ahead(others.slice(1)))).toEqual(others.slice(1).map(name => `serials-ahead ${name} ${A}`))
    const alone = others.slice(1).reduce((world, name) => silenced(world, name), ahead(others))
    expect(inShort(alone)).toContain(`serials-ahead ${others[0]} ${A}`)
    expect(inShort(alone)).not.toContain(`serials-went-back ns1 ${A}`)
  })
})
