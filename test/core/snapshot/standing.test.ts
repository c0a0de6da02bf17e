import { expect, it } from 'vitest'
import { standingOf } from '../../../src/core/snapshot/index.ts'
import { silenced, TERM, type World, wellWorld, withMarker } from './world.ts'

const WELL = wellWorld()

function standing({ fleet, snapshot }: World) {
  const { active, term, peers, actives } = standingOf(fleet, snapshot, 'default')
  return {
    active,
    term,
    roles: peers.map(({ marker }) => marker?.role ?? 'unknown'),
    actives: actives.map(({ server }) => server),
  }
}

it.each<[string, World, ReturnType<typeof standing>]>([
  ['one active', WELL, { active: 'ns1', term: TERM, roles: ['active', 'standby'], actives: ['ns1'] }],
  [
    'two actives leave it open who is',
    withMarker(WELL, 'ns2', { role: 'active', term: TERM + 1 }),
    { active: undefined, term: TERM + 1, roles: ['active', 'active'], actives: ['ns1', 'ns2'] },
  ],
  [
    'a silent peer is unknown',
    silenced(WELL, 'ns1'),
    { active: undefined, term: TERM, roles: ['unknown', 'standby'], actives: [] },
  ],
  [
    "another fleet's active is nobody's",
    withMarker(WELL, 'ns1', { fleet: 'other', term: 99 }),
    { active: undefined, term: TERM, roles: ['unknown', 'standby'], actives: [] },
  ],
  [
    'another server under that address is unknown',
    withMarker(WELL, 'ns2', { server: 'ns1', role: 'active' }),
    { active: 'ns1', term: TERM, roles: ['active', 'unknown'], actives: ['ns1'] },
  ],
])('%s', (_, world, expected) => {
  expect(standing(world)).toEqual(expected)
})

it('a fleet nobody was seen of has term 0 and no active', () => {
  const nobody = { ...WELL, snapshot: { ...WELL.snapshot, servers: new Map() } }
  expect(standing(nobody)).toEqual({ active: undefined, term: 0, roles: ['unknown', 'unknown'], actives: [] })
})
