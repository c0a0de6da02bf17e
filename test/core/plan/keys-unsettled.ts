/** A table: how keys may lie in the folders of the peers, and what the check says of it where a promotion would spoil the zone. */
import type { KeyState, SeenKey } from '../../../src/core/snapshot/index.ts'
import { bad, good, NOW, type World, withNamed, withPreflight } from '../snapshot/world.ts'
import type { No } from './cases.ts'
import { askedWorld } from './question.ts'

const LATER = NOW + 2 * 86_400_000
/** As on BIND 9.20, where the promoted server signs with one KSK alone. */
const NEW: World = withNamed(askedWorld(), 'ns2', { version: '9.20.30-1~deb13u1-Debian' })

const KSK: KeyState = {
  kind: 'state',
  goal: 'omnipresent',
  ds: 'omnipresent',
  gone: false,
  removed: undefined,
}
const LEAVING: KeyState = { ...KSK, goal: 'hidden', removed: LATER }

export function key(tag: number, said: SeenKey['said'], zone = 'a.example'): SeenKey {
  return { file: `keys/K${zone}.+013+${String(tag).padStart(5, '0')}`, zone, tag, said }
}

/** Both peers hold these keys, on the release of `world`. */
export function withKeys(keys: readonly SeenKey[], world: World = NEW): World {
  return ['ns1', 'ns2'].reduce(
    (known, server) => withPreflight(known, server, { signingKeyStates: good(keys) }),
    world,
  )
}

/** Keys with which a promotion goes well, or does not matter. */
export const KEYS_SETTLED: readonly { readonly when: string; readonly world: World }[] = [
  { when: 'one KSK and its ZSK', world: withKeys([key(1, KSK), key(2, { kind: 'zone-key' })]) },
  { when: 'the zone was just signed', world: withKeys([key(1, { ...KSK, ds: 'hidden' })]) },
  { when: 'its DS was just given', world: withKeys([key(1, { ...KSK, ds: 'rumoured' })]) },
  { when: 'the DS was swapped', world: withKeys([key(1, { ...LEAVING, ds: 'hidden' }), key(2, KSK)]) },
  {
    when: 'an old key is gone',
    world: withKeys([key(1, { ...LEAVING, ds: 'hidden', gone: true }), key(2, KSK)]),
  },
  { when: 'two that are there to stay', world: withKeys([key(1, KSK), key(2, KSK)]) },
  { when: 'one without a state file', world: withKeys([key(1, { kind: 'stateless' })]) },
  {
    when: 'a rollover on 9.18',
    world: withKeys([key(1, LEAVING), key(2, { ...KSK, ds: 'hidden' })], askedWorld()),
  },
]

export const KEYS_UNSETTLED: readonly No[] = [
  {
    when: 'a rollover began',
    world: withKeys([key(1, LEAVING), key(2, { ...KSK, ds: 'hidden' })]),
    says: 'ns1: 1 zone in the middle of a KSK or CSK rollover: a.example (key 1); the new active would not sign',
  },
  {
    when: 'the DS is being swapped',
    world: withKeys([key(1, { ...LEAVING, ds: 'unretentive' }), key(2, { ...KSK, ds: 'rumoured' })]),
    says: 'ns1: 1 zone in the middle',
  },
  {
    when: 'the DS of the old key is not known',
    world: withKeys([key(1, { ...LEAVING, ds: 'unknown' }), key(2, KSK)]),
    says: 'ns1: 1 zone in the middle',
  },
  {
    when: 'a second KSK has joined the first',
    world: withKeys([key(1, KSK), key(2, { ...KSK, ds: 'hidden' })]),
    says: 'ns1: 1 zone in the middle of a KSK or CSK rollover: a.example (key 1)',
  },
  {
    when: 'the zone is to become unsigned',
    world: withKeys([key(1, LEAVING)]),
    says: 'ns1: 1 zone in the middle',
  },
  {
    when: 'the new active alone has a successor',
    world: withPreflight(withKeys([key(1, KSK)]), 'ns2', {
      signingKeyStates: good([key(1, LEAVING), key(2, { ...KSK, ds: 'hidden' })]),
    }),
    says: 'ns2: 1 zone in the middle',
  },
  {
    when: 'the release is not known to be harmless',
    world: withNamed(withKeys([key(1, LEAVING), key(2, KSK)]), 'ns2', { version: '9.24.1' }),
    says: 'ns1: 1 zone in the middle',
  },
  {
    when: 'a key file cannot be read',
    world: withPreflight(withKeys([]), 'ns1', {
      signingKeyStates: good([key(1, { kind: 'unknown', because: 'EACCES' })]),
    }),
    says: 'ns1: not known of 1 DNSSEC key: keys/Ka.example.+013+00001 (EACCES)',
  },
  {
    when: 'two KSKs have no state files',
    world: withPreflight(withKeys([]), 'ns1', {
      signingKeyStates: good([key(1, { kind: 'stateless' }), key(2, KSK)]),
    }),
    says: 'ns1: not known of 1 DNSSEC key: keys/Ka.example.+013+00001 (it is not the only KSK',
  },
  {
    when: 'the key directory cannot be listed',
    world: withPreflight(NEW, 'ns1', { signingKeyStates: bad('EACCES') }),
    says: 'ns1: not known: EACCES',
  },
]
