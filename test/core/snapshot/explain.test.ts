import { describe, expect, it } from 'vitest'
import {
  explain,
  type FenceRecord,
  LAG_MAX_MS,
  VERDICTS,
  type Verdict,
} from '../../../src/core/snapshot/index.ts'
import { bad, LOCK, SINCE, TERM, wellWorld } from './world.ts'

const { fleet } = wellWorld()

const MARKER = { role: 'active', term: TERM, server: 'ns1', fleet: 'demo', since: SINCE } as const
const OTHER = { ...MARKER, server: 'ns2', term: TERM + 1 }
const server = 'ns2'
const set = 'default'
const failure = bad('it does not answer').error
const zones = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example']

const REMOVED: FenceRecord = {
  fleet: 'demo',
  server,
  words: 'burnt',
  by: 'anna@desk',
  recorded: '2026-11-22T22:47:11Z',
  run: 'run-1',
  set,
  term: 2,
  ends: 'never',
}

/** One verdict of every kind, with the words that it becomes. */
const WORDS: { readonly [Kind in Verdict['kind']]: [Verdict & { kind: Kind }, string] } = {
  'server-unseen': [{ kind: 'server-unseen', server, failure }, 'it does not answer'],
  'control-unseen': [{ kind: 'control-unseen', server, failure }, 'it does not answer'],
  'files-unseen': [{ kind: 'files-unseen', server, failure }, 'it does not answer'],
  'configuration-refused': [
    { kind: 'configuration-refused', server },
    'named refused its last configuration and runs on with the one before',
  ],
  'files-exposed': [
    {
      kind: 'files-exposed',
      server,
      exposures: [
        { path: '/etc/bind/baton', because: 'belongs to the user 104, not to root', kind: 'folder' },
      ],
    },
    'others could change what root runs there: /etc/bind/baton belongs to the user 104, not to root',
  ],
  'configuration-drifted': [
    { kind: 'configuration-drifted', server, paths: ['/etc/bind/named.conf', '/etc/bind/baton/state'] },
    '/etc/bind/named.conf, /etc/bind/baton/state are not as rendered',
  ],
  'configuration-outdated': [
    { kind: 'configuration-outdated', server, paths: ['/etc/bind/baton/guard'], baton: '0.0.9' },
    '/etc/bind/baton/guard is as Baton 0.0.9 rendered them; this Baton renders them differently',
  ],
  'record-missing': [
    { kind: 'record-missing', server },
    'it has no record of the last push, which an older Baton made',
  ],
  'record-unseen': [{ kind: 'record-unseen', server, failure }, 'it does not answer'],
  'folder-behind': [{ kind: 'folder-behind', fleet: 'demo', because: 'it is old' }, 'it is old'],
  'removed-named': [
    { kind: 'removed-named', server, peer: { record: REMOVED, standings: [] }, lines: [7] },
    'it was removed from the fleet for good by anna@desk at 2026-11-22T22:47:11Z (burnt)',
  ],
  'removed-active': [
    {
      kind: 'removed-active',
      server,
      peer: { record: REMOVED, standings: [{ set, role: 'active', term: 3 }] },
    },
    'it was removed from the fleet for good by anna@desk at 2026-11-22T22:47:11Z (burnt), and it answers as active of default in term 3',
  ],
  'role-unknown': [
    { kind: 'role-unknown', server, set, failure },
    'its marker cannot be read: it does not answer',
  ],
  'marker-contradicts': [
    { kind: 'marker-contradicts', server, set, marker: MARKER, zones: ['a.example'] },
    'its marker says active, but 1 zone (a.example) is not',
  ],
  'state-contradicts': [
    {
      kind: 'state-contradicts',
      server,
      set,
      marker: MARKER,
      state: { role: 'standby', term: 6, since: SINCE },
    },
    'its marker says active in term 7, its state file standby in term 6',
  ],
  'foreign-fleet': [
    { kind: 'foreign-fleet', server, says: { server: 'ns9', fleet: 'other' } },
    'it calls itself ns9 of fleet other, not ns2 of demo',
  ],
  'no-active': [{ kind: 'no-active', set }, 'no peer is active, so no update is accepted anywhere'],
  'two-actives': [
    {
      kind: 'two-actives',
      inRun: false,
      set,
      actives: [MARKER, OTHER],
      forks: [{ zone: 'a.example', serials: ['ns1 at 3', 'ns2 at 5'] }],
      recorded: ['ns2'],
    },
    `ns1 (term 7, since ${SINCE}) and ns2 (term 8, since ${SINCE}) are both active: the serials of 1 zone differ, a.example (ns1 at 3, ns2 at 5)`,
  ],
  'term-behind': [
    { kind: 'term-behind', server, set, role: 'standby', term: 6, termNewest: 7, knownBy: ['ns2'] },
    'it knows term 6, the newest is 7',
  ],
  'term-went-back': [
    { kind: 'term-went-back', server, set, role: 'active', term: 5, termReached: 7 },
    'it was in term 7 and says active in term 5: its disk or its machine was restored to an earlier state',
  ],
  'serials-went-back': [
    { kind: 'serials-went-back', server, zones: ['a.example'] },
    '1 zone (a.example) older than on every other server: it was probably restored from a snapshot or backup, or promoted before it had caught up',
  ],
  'zones-missing': [
    { kind: 'zones-missing', server, zones },
    '5 zones (a.example, b.example, c.example and 2 more) not configured in named',
  ],
  'zones-unloaded': [
    { kind: 'zones-unloaded', server, zones: ['a.example'] },
    '1 zone (a.example) not loaded, answering SERVFAIL',
  ],
  'zones-expired': [
    { kind: 'zones-expired', server, zones: ['a.example'] },
    '1 zone (a.example) expired, answering SERVFAIL',
  ],
  'zones-mistyped': [
    { kind: 'zones-mistyped', server, zones: ['a.example'] },
    '1 zone (a.example) of the wrong type for this role',
  ],
  'zones-frozen': [
    { kind: 'zones-frozen', server, zones: ['a.example'] },
    '1 zone (a.example) frozen, refusing every update, and no run holds the fleet',
  ],
  'serials-behind': [
    { kind: 'serials-behind', server, zones: ['a.example'] },
    'catching up with the active; no fault unless it lasts a minute',
  ],
  'serials-ahead': [
    { kind: 'serials-ahead', server, zones: ['a.example'] },
    '1 zone (a.example) newer than on the active',
  ],
  'serials-incomparable': [
    { kind: 'serials-incomparable', server, zones: ['a.example'] },
    '1 zone (a.example) with a serial exactly 2^31 away from the active’s, so neither is newer',
  ],
  'run-unfinished': [
    { kind: 'run-unfinished', lock: LOCK, servers: ['ns1', 'ns2'] },
    'switchover by eva@desk since 2026-11-22T11:59:00Z holds ns1, ns2',
  ],
}

function zonesIn(verdict: Verdict): readonly string[] {
  if (verdict.kind === 'two-actives') return verdict.forks.map(({ zone }) => zone)
  return 'zones' in verdict ? verdict.zones : []
}

describe('a verdict in words', () => {
  it.each(Object.values(WORDS).map(([verdict, because]) => [verdict.kind, verdict, because] as const))(
    '%s',
    (kind, verdict, because) => {
      const explanation = explain(fleet, verdict)
      expect(explanation).toMatchObject({ code: `snapshot.${kind}`, because })
      expect(explanation.remedy).not.toBe('')
      expect(explanation.subject).not.toBe('')
      expect(explanation.zones).toEqual(zonesIn(verdict))
    },
  )

  it('there is one of every kind', () => {
    expect(Object.keys(WORDS).toSorted()).toEqual(Object.keys(VERDICTS).toSorted())
  })

  it('catching up passes by itself, an edit or a push settles what is old; all else wants a person', () => {
    const notices = Object.values(WORDS)
      .map(([verdict]) => explain(fleet, verdict))
      .filter(({ severity }) => severity === 'notice')
    expect(notices.map(({ code }) => code)).toEqual([
      'snapshot.configuration-outdated',
      'snapshot.record-missing',
      'snapshot.removed-named',
      'snapshot.serials-behind',
    ])
  })

  it('catching up is a problem when it lasts, and then names the zones', () => {
    const verdict = { kind: 'serials-behind', server, zones: ['a.example'] } as const
    expect(explain(fleet, verdict, LAG_MAX_MS)).toMatchObject({ severity: 'notice' })
    expect(explain(fleet, verdict, LAG_MAX_MS + 1)).toMatchObject({
      severity: 'problem',
      because: '1 zone (a.example) behind the active, and not moving',
    })
  })

  it('gives the commands as they can be typed here, with the zone where it is one', () => {
    const control = fleet.servers.find(({ name }) => name === server)?.control
    const typed = `\`rndc -s ${control?.address} -p ${control?.port} -k ${fleet.folder}/`
    const behind = (ids: readonly string[]) =>
      explain(fleet, { kind: 'serials-behind', server, zones: ids }).remedy
    expect(behind(['a.example'])).toContain(typed)
    expect(behind(['a.example'])).toContain(' refresh a.example`')
    expect(behind(['0/25.2.0.192.in-addr.arpa'])).toContain(' refresh 0/25.2.0.192.in-addr.arpa`')
    expect(behind(zones)).toContain(' refresh ZONE`')
    const internal = { ...fleet, views: [{ name: 'internal', key: undefined }] }
    const { remedy } = explain(internal, { kind: 'zones-expired', server, zones: ['a.example/internal'] })
    expect(remedy).toContain(' retransfer a.example IN internal`')
  })

  it.each([
    ['active', '`baton rejoin ns1`', 'in its place'],
    ['unknown', '`baton rejoin ns1`', 'If ns1 was active before'],
    ['standby', 'goes on without it', 'See whether named runs'],
  ] as const)('says what comes next for a silent peer that was %s while ns2 is active', (was, ...words) => {
    const replaced = { active: 'ns2', was }
    const { remedy } = explain(fleet, { kind: 'server-unseen', server: 'ns1', failure, replaced })
    for (const word of words) expect(remedy).toContain(word)
    expect(remedy).not.toContain('failover')
  })

  it('takes files of an older term for those of a peer that was away, and others for edited ones', () => {
    const drifted = (...paths: string[]) => explain(fleet, { kind: 'configuration-drifted', server, paths })
    const marker = '/etc/bind/baton/marker/active.db'
    expect(drifted(marker, '/etc/bind/baton/state').remedy).toContain('`baton rejoin ns2`')
    expect(drifted(marker, '/etc/bind/baton/base.conf').remedy).not.toContain('rejoin')
  })

  it('speaks of failover where it can help, and of going on without where that can', () => {
    expect(explain(fleet, { kind: 'server-unseen', server, failure }).remedy).toContain('`baton failover`')
    const { remedy } = explain(fleet, { kind: 'server-unseen', server: 'e1', failure })
    expect(remedy).toContain('`--without e1`')
    expect(remedy).not.toContain('failover')
  })
})
