import { describe, expect, it } from 'vitest'
import { judge, subjectOf, type Verdict } from '../../../src/core/snapshot/index.ts'
import {
  bad,
  good,
  LOCK,
  NOW,
  SINCE,
  serial,
  silenced,
  TERM,
  type World,
  wellWorld,
  withFiles,
  withMarker,
  withNamed,
  withServer,
  withZone,
} from './world.ts'

const WELL = wellWorld()
const A = 'a.example'
const NO_MARKERS = new Map([['default', bad('REFUSED')]])

function verdictsOf({ fleet, expected, snapshot }: World): readonly Verdict[] {
  return judge(fleet, expected, snapshot)
}

/** Each verdict in short: what, about whom, which zones. */
function inShort(world: World): string[] {
  return verdictsOf(world).map(verdict => {
    const subject = subjectOf(verdict)
    const zones = 'zones' in verdict ? ` ${verdict.zones.join(' ')}` : ''
    return `${verdict.kind} ${subject}${zones}`
  })
}

function drifted(server: string): World {
  return withFiles(WELL, server, { digests: new Map() })
}

/** As if only DNS had been asked. */
function byDnsAlone(world: World, server: string): World {
  return withServer(world, server, ({ zones }) => {
    if (!zones.ok) return {}
    const seen = [...zones.value.zones].map(
      ([id, zone]) => [id, { ...zone, type: 'unknown', expires: undefined }] as const,
    )
    return { zones: good({ source: 'dns', zones: new Map(seen) }) }
  })
}

describe('one thing that is wrong is one verdict', () => {
  it.each<[string, World, string[]]>([
    ['nothing', WELL, []],
    ['a server that does not answer', silenced(WELL, 'e1'), ['server-unseen e1', 'files-unseen e1']],
    ['a closed control channel', withServer(WELL, 'e1', () => ({ named: bad('no') })), ['control-unseen e1']],
    ['unreadable files', withServer(WELL, 'w1', () => ({ files: bad('EACCES') })), ['files-unseen w1']],
    [
      'a refused configuration',
      withNamed(WELL, 'ns2', { reloadFailed: true }),
      ['configuration-refused ns2'],
    ],
    ['edited files', drifted('ns2'), ['configuration-drifted ns2']],
    ['a silent marker', withServer(WELL, 'ns2', () => ({ markers: NO_MARKERS })), ['role-unknown ns2']],
    ['a foreign marker', withMarker(WELL, 'ns2', { fleet: 'other' }), ['foreign-fleet ns2']],
    ['a marker of another server', withMarker(WELL, 'ns2', { server: 'ns1' }), ['foreign-fleet ns2']],
    [
      'a foreign state file, beside files of another fleet',
      withFiles(drifted('ns2'), 'ns2', { state: { fleet: 'other', server: 'ns2', sets: new Map() } }),
      ['foreign-fleet ns2'],
    ],
    ['no state file', withFiles(WELL, 'ns2', { state: undefined }), ['state-contradicts ns2']],
    [
      'a zone of the wrong type',
      withZone(WELL, ['ns2', A], { type: 'primary' }),
      [`marker-contradicts ns2 ${A}`],
    ],
    ['a primary on a secondary', withZone(WELL, ['e1', A], { type: 'primary' }), [`zones-mistyped e1 ${A}`]],
    ['a zone that is not configured', withZone(WELL, ['e1', A], undefined), [`zones-missing e1 ${A}`]],
    [
      'a zone that is not loaded',
      withZone(WELL, ['e1', A], { serial: undefined }),
      [`zones-unloaded e1 ${A}`],
    ],
    [
      'an expired zone',
      withZone(WELL, ['e1', A], { serial: undefined, expires: NOW - 1 }),
      [`zones-expired e1 ${A}`],
    ],
    ['an older serial', withZone(WELL, ['e1', A], { serial: serial(99) }), [`serials-behind e1 ${A}`]],
    ['a newer serial', withZone(WELL, ['e1', A], { serial: serial(101) }), [`serials-ahead e1 ${A}`]],
    [
      'a serial without order',
      withZone(WELL, ['e1', A], { serial: serial(100 + 2 ** 31) }),
      [`serials-incomparable e1 ${A}`],
    ],
    ['a lock', withFiles(WELL, 'ns1', { lock: LOCK }), [`run-unfinished ${LOCK.run}`]],
  ])('%s', (_, world, expected) => {
    expect(inShort(world)).toEqual(expected)
  })
})

describe('roles', () => {
  it('two actives, with the marker of each', () => {
    const world = withMarker(WELL, 'ns2', { role: 'active', term: TERM + 1 })
    expect(verdictsOf(world)[0]).toMatchObject({
      kind: 'two-actives',
      set: 'default',
      actives: [
        { server: 'ns1', term: TERM, since: SINCE },
        { server: 'ns2', term: TERM + 1 },
      ],
      forks: [],
    })
  })

  it('of two actives, the zones that forked for certain', () => {
    const world = withZone(withMarker(WELL, 'ns2', { role: 'active' }), ['ns2', A], { serial: serial(5) })
    expect(verdictsOf(world)[0]).toMatchObject({
      kind: 'two-actives',
      forks: [{ zone: A, serials: [expect.stringMatching(/^ns1 at \d+$/), 'ns2 at 5'] }],
    })
  })

  it('between two actives no serial is newer: there is nobody to compare with', () => {
    const world = withZone(withMarker(WELL, 'ns2', { role: 'active' }), ['e1', A], { serial: serial(5) })
    expect(inShort(world)).toEqual([
      'two-actives default',
      'marker-contradicts ns2 a.example b.example c.example',
    ])
  })

  it('of two actives the one whose state file says so is known', () => {
    expect(verdictsOf(withMarker(WELL, 'ns2', { role: 'active' }))[0]).toMatchObject({ recorded: ['ns1'] })
  })

  it('a silent peer in whose place another is active', () => {
    const world = silenced(withMarker(WELL, 'ns2', { role: 'active', term: TERM + 1 }), 'ns1')
    const unseen = verdictsOf(world).find(({ kind }) => kind === 'server-unseen')
    expect(unseen).toMatchObject({ server: 'ns1', replaced: { active: 'ns2', was: 'unknown' } })
  })

  it('no active, when every peer says that it is not', () => {
    expect(inShort(withMarker(WELL, 'ns1', { role: 'standby' }))).toContain('no-active default')
  })

  it('not "no active" while one peer is silent: it may be the active', () => {
    const kinds = verdictsOf(silenced(WELL, 'ns1')).map(({ kind }) => kind)
    expect(kinds).toEqual(['server-unseen', 'files-unseen'])
  })

  it('a peer that has not learned of the last promotion', () => {
    const world = withMarker(WELL, 'ns2', { term: TERM - 1 })
    expect(verdictsOf(world)).toContainEqual({
      kind: 'term-behind',
      server: 'ns2',
      set: 'default',
      role: 'standby',
      term: TERM - 1,
      termNewest: TERM,
      knownBy: ['ns1'],
    })
  })

  it('the term of another fleet is not ours', () => {
    expect(inShort(withMarker(WELL, 'ns2', { fleet: 'other', term: 99 }))).toEqual(['foreign-fleet ns2'])
  })

  it('a state file that knows another term or role', () => {
    const state = {
      fleet: WELL.fleet.name,
      server: 'ns2',
      sets: new Map([['default', { role: 'standby', term: TERM - 1, since: SINCE } as const]]),
    }
    expect(inShort(withFiles(WELL, 'ns2', { state }))).toEqual(['state-contradicts ns2'])
  })
})

describe('unknown is unknown', () => {
  it('a server that is not in the snapshot is unseen', () => {
    const servers = new Map(WELL.snapshot.servers)
    servers.delete('w1')
    expect(inShort({ ...WELL, snapshot: { ...WELL.snapshot, servers } })).toEqual(['server-unseen w1'])
  })

  it('while the active is unseen nobody is called behind or ahead', () => {
    const world = withZone(silenced(WELL, 'ns1'), ['e1', A], { serial: serial(7) })
    expect(inShort(world)).toEqual(['server-unseen ns1', 'files-unseen ns1'])
  })

  it('by DNS alone types are unknown, and no type is called wrong', () => {
    const peers = byDnsAlone(byDnsAlone(WELL, 'ns1'), 'ns2')
    expect(inShort(byDnsAlone(peers, 'e1'))).toEqual([])
  })

  it('by DNS alone an expired zone is one that is not loaded', () => {
    const world = withZone(byDnsAlone(WELL, 'e1'), ['e1', A], { serial: undefined })
    expect(inShort(world)).toEqual([`zones-unloaded e1 ${A}`])
  })

  it('a secondary that Baton only watches has no control channel or files to miss', () => {
    const world = withServer(WELL, 'w1', () => ({ named: undefined, files: undefined }))
    expect(inShort(world)).toEqual([])
  })
})

describe('an unfinished run', () => {
  it('is told once, with every server that it holds', () => {
    const world = withFiles(withFiles(WELL, 'ns1', { lock: LOCK }), 'ns2', { lock: LOCK })
    expect(verdictsOf(world)).toEqual([{ kind: 'run-unfinished', lock: LOCK, servers: ['ns1', 'ns2'] }])
  })

  it('explains what differs, so that drift is not told as well', () => {
    expect(inShort(withFiles(drifted('ns2'), 'ns1', { lock: LOCK }))).toEqual([`run-unfinished ${LOCK.run}`])
  })

  it('hides nothing that was not seen', () => {
    const world = withServer(withFiles(WELL, 'ns1', { lock: LOCK }), 'w1', () => ({ files: bad('EACCES') }))
    expect(inShort(world)).toEqual([`run-unfinished ${LOCK.run}`, 'files-unseen w1'])
  })
})

describe('several things at once', () => {
  it('come worst first, each kind once a server', () => {
    let world = withMarker(WELL, 'ns2', { role: 'active', term: TERM + 1 })
    world = silenced(world, 'w1')
    world = withZone(world, ['e1', A], undefined)
    world = withZone(world, ['e1', 'b.example'], { serial: undefined })
    world = withZone(world, ['e1', 'c.example'], { serial: undefined })
    expect(inShort(world)).toEqual([
      'two-actives default',
      'marker-contradicts ns2 a.example b.example c.example',
      'server-unseen w1',
      `zones-missing e1 ${A}`,
      'zones-unloaded e1 b.example c.example',
      'files-unseen w1',
    ])
  })

  it('serials wrap: 5 comes after 4294967290', () => {
    const world = withZone(WELL, ['ns1', A], { serial: serial(5) })
    expect(inShort(withZone(world, ['e1', A], { serial: serial(4_294_967_290) }))).toContain(
      `serials-behind e1 ${A}`,
    )
  })
})
