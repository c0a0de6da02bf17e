import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  firstStandings,
  parseMarker,
  parseState,
  renderStanding,
  TERM_MAX,
} from '../../../src/core/render/index.ts'
import { printMarker } from '../../../src/core/render/marker.ts'
import { makeDemo } from './demo-fleet.ts'

const SINCE = '2026-11-22T12:00:00Z'

test('a fleet begins in term 1, each set with its first active peer', () => {
  const { fleet } = makeDemo({
    sets: { default: { firstActive: 'ns1', zones: '' }, customers: { firstActive: 'ns2', zones: '' } },
  })
  expect(firstStandings(fleet, SINCE).get('ns2')).toEqual([
    { set: 'default', role: 'standby', term: 1, since: SINCE },
    { set: 'customers', role: 'active', term: 1, since: SINCE },
  ])
})

test('the state file reads back as it was written', () => {
  const { fleet } = makeDemo({
    sets: { default: { firstActive: 'ns1', zones: '' }, customers: { firstActive: 'ns2', zones: '' } },
  })
  const peer = fleet.servers[1]
  if (peer?.kind !== 'peer') throw new Error('ns2 is a peer')
  const standings = firstStandings(fleet, SINCE).get('ns2') ?? []
  const files = renderStanding(fleet, peer, standings)
  expect(files.map(file => file.path.slice(file.path.indexOf('/baton/')))).toEqual([
    '/baton/marker/default.active.db',
    '/baton/marker/default.standby.db',
    '/baton/marker/customers.active.db',
    '/baton/marker/customers.standby.db',
    '/baton/state',
  ])
  const state = parseState(files.at(-1)?.content ?? '')
  expect(state).toEqual({
    ok: true,
    value: {
      fleet: 'demo',
      server: 'ns2',
      sets: new Map(standings.map(({ set, ...standing }) => [set, standing])),
    },
  })
})

test.each([
  ['', '"version" is not 1.', 1],
  ['version=2\n', '"version" is not 1.', 1],
  ['version=1\nfleet=demo\nserver=ns1\n', '"sets" is missing.', 1],
  [
    'version=1\nfleet=demo\nserver=ns1\nsets=default\nrole.default=both\n',
    '"role.default" is neither active nor standby.',
    5,
  ],
  [
    'version=1\nfleet=demo\nserver=ns1\nsets=default\nrole.default=active\nterm.default=-1\n',
    '"term.default" is no term.',
    6,
  ],
])('a damaged state file says where: %j', (text, message, line) => {
  const state = parseState(text, '/etc/bind/baton/state')
  expect(state.ok).toBe(false)
  if (state.ok) return
  expect(state.error[0]).toMatchObject({ code: 'render.state-unreadable', message, place: { line } })
})

test('any text is a state or a diagnostic', () => {
  fc.assert(fc.property(fc.string(), text => typeof parseState(`version=1\n${text}`).ok === 'boolean'))
})

test('a marker reads back from its words, whatever the order, and past words it does not know', () => {
  const strings = [
    'extra=1',
    'set=default',
    `since=${SINCE}`,
    'fleet=a=b',
    'server=ns1',
    'term=7',
    'role=active',
  ]
  expect(parseMarker(strings)).toEqual({
    ok: true,
    value: { role: 'active', term: 7, server: 'ns1', fleet: 'a=b', since: SINCE, set: 'default' },
  })
})

test('a marker without its words is none', () => {
  expect(parseMarker(['v=spf1 -all'])).toEqual({ ok: false, error: { kind: 'missing', word: 'role' } })
  const words = ['role=active', 'server=ns1', 'fleet=demo', `since=${SINCE}`, 'set=default']
  expect(parseMarker([...words, `term=${TERM_MAX + 1}`])).toMatchObject({
    ok: false,
    error: { word: 'term' },
  })
})

test('the marker zone escapes what a name may hold', () => {
  const text = printMarker({
    role: 'standby',
    term: 3,
    server: 'ns1',
    fleet: 'a"b\\ü',
    since: SINCE,
    set: 'x',
  })
  expect(text).toContain('"fleet=a\\"b\\\\\\195\\188"')
  expect(text).toContain('@ SOA invalid. nobody.invalid. 3 ')
})
