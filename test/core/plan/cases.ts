/** A table: the worlds in which each check says no, and the reason it gives. */
import type { CheckSubject } from '../../../src/core/plan/index.ts'
import {
  bad,
  domain,
  good,
  LOCK,
  NOW,
  serial,
  TERM,
  type World,
  withFiles,
  withMarker,
  withNamed,
  withPreflight,
  withServer,
  withZone,
} from '../snapshot/world.ts'
import { KEYS_UNSETTLED } from './keys-unsettled.ts'
import { askedWorld, SWITCHOVER } from './question.ts'

import { inFolder, manyBehind, rerendered, stateOf } from './wrong-worlds.ts'

/** A world in which a check answers no, and the reason it gives, or the beginning of it. */
export type No = {
  readonly when: string
  readonly world: World
  readonly says: string
  readonly subject?: CheckSubject
}

const WELL = askedWorld()
const A = 'a.example'
const PUSH_TO_E1: CheckSubject = { operation: 'push', servers: ['e1'] }

/** For every check at least one no. That it says yes in the well world, and no to what is unknown, is asked of all. */
export const NOS: Readonly<Record<string, readonly No[]>> = {
  'fleet-is-ours': [
    {
      when: 'a marker names another fleet',
      world: withMarker(WELL, 'ns2', { fleet: 'other' }),
      says: 'ns2: it calls itself ns2 of fleet other',
    },
    {
      when: 'a state file came with a disk image',
      world: withFiles(WELL, 'ns2', { state: { fleet: 'demo', server: 'ns1', sets: new Map() } }),
      says: 'ns2: it calls itself ns1 of fleet demo',
    },
  ],
  'servers-answer': [
    {
      when: 'a server is silent',
      world: withServer(WELL, 'e1', () => ({ zones: bad('timeout') })),
      says: 'e1: not known: timeout',
    },
  ],
  'control-answers': [
    {
      when: 'rndc is closed',
      world: withServer(WELL, 'e1', () => ({ named: bad('bad auth') })),
      says: 'e1: not known: bad auth',
    },
  ],
  'files-readable': [
    {
      when: 'the folder is',
      world: withServer(WELL, 'e1', () => ({ files: bad('EACCES') })),
      says: 'e1: not known: EACCES',
    },
  ],
  'no-unfinished-run': [
    {
      when: 'a peer is locked',
      world: withFiles(WELL, 'ns2', { lock: LOCK }),
      says: `ns2: switchover ${LOCK.run} by eva@desk holds it`,
    },
  ],
  'one-active': [
    {
      when: 'two are',
      world: withMarker(WELL, 'ns2', { role: 'active', term: TERM + 1 }),
      says: 'default: ns1 (term 7) and ns2 (term 8) are active',
    },
    {
      when: 'none is',
      world: withMarker(WELL, 'ns1', { role: 'standby' }),
      says: 'default: no peer is active',
    },
  ],
  'handover-makes-sense': [
    {
      when: 'it goes from the standby to the active',
      world: WELL,
      subject: { ...SWITCHOVER, from: 'ns2', to: 'ns1' } as CheckSubject,
      says: 'default: ns2 is standby and ns1 is active',
    },
  ],
  'bystanders-left-out': [
    {
      when: 'the old active is left out',
      world: WELL,
      subject: { ...SWITCHOVER, without: ['ns1'] } as CheckSubject,
      says: 'ns1: it changes its role',
    },
  ],
  'marker-signed': [
    {
      when: 'the key is refused',
      world: withServer(WELL, 'ns2', () => ({ markers: new Map([['default', bad('BADKEY')]]) })),
      says: 'ns2: not known: BADKEY',
    },
  ],
  'states-written': [
    {
      when: 'a peer has none',
      world: withFiles(WELL, 'ns2', { state: undefined }),
      says: 'ns2: there is no baton/state',
    },
  ],
  'roles-agree': [
    {
      when: 'the state file is of an older term',
      world: withFiles(WELL, 'ns2', { state: stateOf('ns2', TERM - 1) }),
      says: 'ns2: its marker says standby in term 7, its state file standby in term 6',
    },
    {
      when: 'the standby never heard of the last promotion',
      world: withMarker(withFiles(WELL, 'ns2', { state: stateOf('ns2', TERM - 1) }), 'ns2', {
        term: TERM - 1,
      }),
      says: 'ns2: it knows term 6, the newest is 7',
    },
    {
      when: 'a zone of the standby is primary',
      world: withZone(WELL, ['ns2', A], { type: 'primary' }),
      says: 'ns2: its marker says standby, but 1 zone (a.example) is not',
    },
  ],
  'peers-found': [
    {
      when: 'another server answers there',
      world: withMarker(WELL, 'ns2', { server: 'ns9' }),
      subject: { operation: 'push', servers: ['ns1', 'e1', 'w1'] },
      says: 'ns2: at 127.0.0.1 port 5302 answers ns9 of fleet demo',
    },
  ],
  'roles-kept': [
    {
      when: 'a server that is primary would become secondary',
      world: withZone(WELL, ['ns2', A], { type: 'primary' }),
      subject: { operation: 'push', servers: ['ns2'] },
      says: 'ns2: primary now and would become secondary, or the other way round: 1 zone (a.example)',
    },
  ],
  'configuration-running': [
    {
      when: 'named refused it',
      world: withNamed(WELL, 'e1', { reloadFailed: true }),
      says: 'e1: named refused its last configuration',
    },
  ],
  'configuration-installed': [
    {
      when: 'files differ',
      world: withFiles(WELL, 'e1', { digests: new Map() }),
      says: 'e1: /srv/demo/e1/etc/baton/base.conf, ',
    },
  ],
  'configuration-loads': [
    {
      when: 'named-checkconf complains',
      world: withPreflight(WELL, 'ns2', {
        configuration: good({ accepted: false, complaints: ['one', 'two'] }),
      }),
      says: 'ns2: named-checkconf says: one; two',
    },
  ],
  'formats-alike': [
    {
      when: 'one peer keeps it raw',
      world: rerendered('ns2', { format: 'raw' }),
      says: 'ns2: 1 zone kept in another file or format than on ns1: a.example',
    },
    {
      when: 'the journals are in different places',
      world: rerendered('ns2', { journal: 'elsewhere.jnl' }),
      says: 'ns2: 1 zone kept in another file',
    },
  ],
  'same-zones': [
    {
      when: 'one is missing',
      world: withZone(WELL, ['ns2', A], undefined),
      says: 'ns2: 1 zone of ns1 not there: a.example',
    },
  ],
  'zones-configured': [
    {
      when: 'one is missing',
      world: withZone(WELL, ['e1', A], undefined),
      says: 'e1: named does not have: 1 zone (a.example)',
    },
  ],
  'zones-all-managed': [
    {
      when: 'somebody used addzone',
      world: withServer(WELL, 'ns1', ({ zones }) => {
        if (!zones.ok) return {}
        const added = {
          name: domain('added.example'),
          view: '_default',
          type: 'primary' as const,
          serial: serial(1),
          expires: undefined,
        }
        return {
          zones: good({ ...zones.value, zones: new Map(zones.value.zones).set('added.example', added) }),
        }
      }),
      says: 'ns1: 1 zone are primary there and not in the fleet: added.example',
    },
  ],
  'zones-loaded': [
    {
      when: 'one is not',
      world: withZone(WELL, ['w1', A], { serial: undefined }),
      says: 'w1: not loaded: 1 zone (a.example)',
    },
  ],
  'zones-unexpired': [
    {
      when: 'one expires in a minute',
      world: withZone(WELL, ['w1', A], { expires: NOW + 60_000 }),
      says: 'w1: expired, or expiring within ten minutes: 1 zone (a.example)',
    },
  ],
  'zones-typed': [
    {
      when: 'a secondary is primary',
      world: withZone(WELL, ['w1', A], { type: 'primary' }),
      says: 'w1: of another type than secondary: 1 zone (a.example)',
    },
  ],
  'statistics-seen': [
    {
      when: 'only DNS was asked',
      world: withServer(WELL, 'w1', ({ zones }) =>
        zones.ok ? { zones: good({ ...zones.value, source: 'dns' }) } : {},
      ),
      says: 'w1: it was asked by DNS alone',
    },
  ],
  'zones-dynamic-as-rendered': [
    {
      when: 'named holds one as static',
      world: withPreflight(WELL, 'ns1', { frozen: good(new Map([['b.example', false]])) }),
      says: 'ns1: 1 zone should take updates and named says they do not: a.example',
    },
  ],
  'zones-not-frozen': [
    {
      when: 'one is',
      world: withPreflight(WELL, 'ns1', { frozen: good(new Map([[A, true]])) }),
      says: 'ns1: 1 zone frozen: a.example',
    },
  ],
  'serials-ordered': [
    {
      when: 'a secondary is ahead',
      world: withZone(WELL, ['e1', A], { serial: serial(101) }),
      says: 'e1: newer than on the active, or without order to it: 1 zone (a.example)',
    },
    {
      when: 'a serial has no order',
      world: withZone(WELL, ['ns2', A], { serial: serial(100 + 2 ** 31) }),
      says: 'ns2: newer than on the active, or without order to it',
    },
  ],
  'catch-up-near': [
    {
      when: '1,001 zones are behind',
      world: manyBehind('ns2', 1001),
      says: 'ns2: 1001 zones are behind: z0.example',
    },
  ],
  'secondaries-near': [
    {
      when: '1,001 zones are behind',
      world: manyBehind('e1', 1001),
      says: 'e1: 1001 zones are behind: z0.example',
    },
  ],
  'secondaries-follow': [
    {
      when: 'a group does not name it',
      world: {
        ...WELL,
        fleet: { ...WELL.fleet, groups: [{ name: 'east', follows: ['ns1'] }, ...WELL.fleet.groups.slice(1)] },
      },
      says: 'east: it follows ns1, and not ns2',
    },
  ],
  'disk-readable': [
    {
      when: 'a file is missing',
      world: withPreflight(WELL, 'ns2', { disk: good(new Map([[A, { kind: 'absent' }]])) }),
      says: 'ns2: 1 zone without a usable file: a.example (a.example: there is no file)',
    },
    {
      when: 'a journal does not fit',
      world: withPreflight(WELL, 'ns2', {
        disk: good(new Map([[A, { kind: 'unreadable', because: 'torn' }]])),
      }),
      says: 'ns2: 1 zone without a usable file: a.example (a.example: torn)',
    },
  ],
  'disk-current': [
    {
      when: 'the disk is behind',
      world: withPreflight(WELL, 'ns2', {
        disk: good(new Map([[A, { kind: 'serial', serial: serial(99) }]])),
      }),
      says: 'ns2: 1 zone older on disk than in memory: a.example',
    },
  ],
  'signing-keys-equal': [
    {
      when: 'a key file is missing',
      world: withPreflight(WELL, 'ns2', { signingKeys: good(new Map()) }),
      says: 'ns2: 1 key file missing or different: keys/Ka.+013+1.key',
    },
  ],
  'keys-settled': KEYS_UNSETTLED,
  'transfers-allowed': [
    {
      when: 'one was refused',
      world: withPreflight(WELL, 'e1', { transfers: [bad('REFUSED').error] }),
      says: 'e1: REFUSED',
    },
  ],
  'update-keys-known': [
    {
      when: 'a zone goes by address',
      world: rerendered('ns2', { updateKeys: [] }),
      says: 'ns2: 1 zone without a TSIG key in allow-update or update-policy: a.example',
    },
  ],
  'files-protected': [
    {
      when: 'named owns the folder of the guard',
      world: withFiles(WELL, 'ns2', {
        exposures: [{ path: '/srv/demo/ns2/etc/baton', because: 'belongs to the user 104', kind: 'folder' }],
      }),
      says: 'ns2: others could change what root runs there: /srv/demo/ns2/etc/baton belongs to the user 104',
    },
  ],
  'folders-writable': [
    {
      when: 'named may not write',
      world: inFolder('ns2', { writable: false, because: 'its user has no right to write there' }),
      says: 'ns2: named may not write /srv/demo/ns2/var: its user has no right',
    },
    {
      when: 'there is no folder',
      world: inFolder('e1', { exists: false, writable: false }),
      subject: PUSH_TO_E1,
      says: 'e1: there is no folder /srv/demo/e1/var',
    },
  ],
  'confinement-known': [
    {
      when: 'AppArmor watches named',
      world: inFolder('ns2', { confinement: 'AppArmor confines named.' }),
      says: 'ns2: AppArmor confines named.',
    },
  ],
  'space-free': [
    {
      when: 'the disk is full',
      world: inFolder('ns2', { bytesFree: 900_000 }),
      says: 'ns2: /srv/demo/ns2/var has 0 MiB and 1000000 inodes free',
    },
    {
      when: 'the inodes are used up',
      world: inFolder('ns2', { inodesFree: 3 }),
      says: 'ns2: /srv/demo/ns2/var has 10240 MiB and 3 inodes free',
    },
  ],
  'clocks-agree': [
    {
      when: 'one is an hour ahead',
      world: withPreflight(WELL, 'e1', { clock: good({ offsetMs: 3_600_000, uncertaintyMs: 1 }) }),
      says: 'e1: its clock is 3600.0 s off, 60 s are allowed',
    },
    {
      when: 'it cannot be told well enough',
      world: withPreflight(WELL, 'e1', { clock: good({ offsetMs: 0, uncertaintyMs: 61_000 }) }),
      says: 'e1: its clock is 0.0 s off',
    },
  ],
  'versions-safe': [
    {
      when: 'a release crashes',
      world: withNamed(WELL, 'ns2', { version: '9.18.33-1~deb12u2-Debian' }),
      says: 'ns2: BIND 9.18.33-1~deb12u2-Debian may crash',
    },
    {
      when: 'it was never mended',
      world: withNamed(WELL, 'ns2', { version: '9.16.50' }),
      says: 'ns2: BIND 9.16.50 may crash',
    },
  ],
  'versions-known': [
    {
      when: 'a release is from the future',
      world: withNamed(WELL, 'e1', { version: '9.24.1' }),
      says: 'e1: it runs BIND 9.24.1',
    },
  ],
  'versions-alike': [
    {
      when: 'the peers differ',
      world: withNamed(WELL, 'ns2', { version: '9.20.28' }),
      says: 'ns2: it runs BIND 9.20, ns1 runs 9.18',
    },
  ],
}
