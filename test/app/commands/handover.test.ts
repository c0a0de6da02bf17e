import { describe, expect, it } from 'vitest'
import { type HandoverOrder, resolveHandover } from '../../../src/app/commands/handover/handover.ts'
import type { Session } from '../../../src/app/commands/session/session.ts'
import { standingsFrom } from '../../../src/app/commands/session/standings.ts'
import type { SeenState } from '../../../src/core/snapshot/index.ts'
import { SINCE, wellWorld } from '../../core/snapshot/world.ts'

const { fleet } = wellWorld()

type Role = 'active' | 'standby'

function statesOf(roles: Readonly<Record<string, readonly [Role, number]>>): ReadonlyMap<string, SeenState> {
  return new Map(
    Object.entries(roles).map(([server, [role, term]]) => [
      server,
      { fleet: fleet.name, server, sets: new Map([['default', { role, term, since: SINCE }]]) },
    ]),
  )
}

const standings = (roles: Readonly<Record<string, readonly [Role, number]>>) =>
  [...standingsFrom(fleet, statesOf(roles))].map(([server, [own]]) => `${server} ${own?.role} ${own?.term}`)

describe('how the peers stand', () => {
  it('is what they say themselves', () => {
    expect(standings({ ns1: ['standby', 8], ns2: ['active', 8] })).toEqual(['ns1 standby 8', 'ns2 active 8'])
  })

  it('is not made to agree where they contradict each other', () => {
    expect(standings({ ns1: ['active', 7], ns2: ['active', 8] })).toEqual(['ns1 active 7', 'ns2 active 8'])
  })

  it('is as the fleet begins while nobody says anything', () => {
    expect(standings({})).toEqual(['ns1 active 1', 'ns2 standby 1'])
  })

  it('makes a silent peer a standby of the newest term, whoever was first', () => {
    expect(standings({ ns2: ['standby', 9] })).toEqual(['ns1 standby 9', 'ns2 standby 9'])
    expect(standings({ ns1: ['active', 9] })).toEqual(['ns1 active 9', 'ns2 standby 9'])
  })
})

describe('who passes the role to whom', () => {
  const ORDER: HandoverOrder = { set: undefined, to: undefined, without: [] }
  const resolve = (order: Partial<HandoverOrder>, roles: Parameters<typeof statesOf>[0] = {}) => {
    const known: Pick<Session, 'fleet' | 'standings' | 'fences' | 'silent'> = {
      fleet,
      fences: new Map(),
      silent: new Set(),
      standings: standingsFrom(fleet, statesOf(roles)),
    }
    return resolveHandover(known as Session, { ...ORDER, ...order })
  }

  it('from the active to the only other peer, in the next term', () => {
    expect(resolve({}, { ns1: ['standby', 8], ns2: ['active', 8] })).toEqual({
      ok: true,
      value: { set: 'default', from: 'ns2', to: 'ns1', termBefore: 8, termAfter: 9, without: [] },
    })
  })

  it.each<[string, Partial<HandoverOrder>, string]>([
    ['to itself', { to: 'ns1' }, 'cli.already-active'],
    ['to a secondary', { to: 'e1' }, 'cli.target-unclear'],
    ['to nobody known', { to: 'ns3' }, 'fleet.unknown-server'],
    ['without somebody unknown', { without: ['e9'] }, 'fleet.unknown-server'],
    ['without the only candidate', { without: ['ns2'] }, 'check.bystanders-left-out'],
    ['of an unknown set', { set: 'customers' }, 'fleet.unknown-set'],
  ])('not %s', (_, order, code) => {
    expect(resolve(order)).toMatchObject({ ok: false, error: { kind: 'refusal', code } })
  })

  it.each<[string, Parameters<typeof statesOf>[0]]>([
    ['two are active', { ns1: ['active', 7], ns2: ['active', 8] }],
    ['none is', { ns1: ['standby', 7], ns2: ['standby', 7] }],
  ])('not while %s', (_, roles) => {
    expect(resolve({}, roles)).toMatchObject({ ok: false, error: { code: 'cli.active-unclear' } })
  })
})
