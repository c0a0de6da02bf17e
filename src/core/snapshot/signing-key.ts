import type { Instant } from '../base/index.ts'

/** How far a part of a key is known outside, as named's key manager calls it (RFC 7583 and the BIND manual, `dnssec-policy`). */
export type KeyStanding = 'hidden' | 'rumoured' | 'omnipresent' | 'unretentive' | 'unknown'

/** A DNSSEC key pair that lies in the key directory of a signed zone. */
export type SeenKey = {
  /** `FOLDER/KNAME.+ALGORITHM+TAG`, as the programs of BIND call a key. */
  readonly file: string
  readonly zone: string
  readonly tag: number
  /** What its files say; or why that is not known, to follow "because". */
  readonly said: KeySaid | { readonly kind: 'unknown'; readonly because: string }
}

export type KeySaid =
  /** It signs no DNSKEY, so that no DS at the parent hangs on it. */
  | { readonly kind: 'zone-key' }
  /** A KSK or CSK without a `.state` file, or with one that has no goal: named sets it when it first takes the key. */
  | { readonly kind: 'stateless' }
  | KeyState

/** What the `.state` file of a KSK or CSK says. */
export type KeyState = {
  readonly kind: 'state'
  /** Where named brings the key: `hidden` for one that is to go. */
  readonly goal: KeyStanding
  /** Its DS at the parent and in caches. */
  readonly ds: KeyStanding
  /** Whether nothing of it is left outside. */
  readonly gone: boolean
  /** When named plans to take it out of the zone. */
  readonly removed: Instant | undefined
}

/** A KSK or CSK of a zone is being replaced, and resolvers may still go by the old one. */
export type KeyRollover = {
  readonly zone: string
  /** The key on which resolvers may still rely. */
  readonly key: SeenKey
  readonly removed: Instant | undefined
}

/** What the keys of some zones say of rollovers. */
export type Rollovers = {
  readonly under: readonly KeyRollover[]
  /** Keys that do not say enough to tell. */
  readonly unknown: readonly { readonly key: SeenKey; readonly because: string }[]
}

/**
 * The zones in which a KSK or CSK is being replaced: an old key is to go while its DS may still be at the parent or in caches, or a
 * new one has joined it whose DS is not everywhere yet. One KSK alone that has no DS yet is the first signing of a zone, and one that
 * is to go and has no DS any more hangs on nothing.
 */
export function rolloversIn(keys: readonly SeenKey[]): Rollovers {
  const under: KeyRollover[] = []
  const unknown: { key: SeenKey; because: string }[] = []
  for (const ofZone of byPlace(keys)) {
    const present = ofZone.filter(
      ({ said }) => said.kind !== 'zone-key' && !(said.kind === 'state' && said.gone),
    )
    for (const key of present) {
      if (key.said.kind === 'unknown') unknown.push({ key, because: key.said.because })
      if (key.said.kind === 'stateless' && present.length > 1)
        unknown.push({ key, because: 'it is not the only KSK of its zone and has no state yet' })
    }
    const stated = present.flatMap(key => (key.said.kind === 'state' ? [{ key, state: key.said }] : []))
    const relied = stated.filter(({ state }) => state.ds !== 'hidden')
    const old = relied.find(({ state }) => state.goal !== 'omnipresent') ?? joined(stated, relied)
    if (old === undefined) continue
    under.push({ zone: old.key.zone, key: old.key, removed: old.state.removed })
  }
  return { under, unknown }
}

/**
 * The releases in which a promoted server was seen to keep the signatures of both KSKs. From 9.20 on it signs its DNSKEY set anew,
 * with one of them alone, and not with the one whose DS the parent has.
 */
const RELEASES_UNHARMED: readonly string[] = ['9.18']

/** Whether a server of this release may be promoted in the middle of a rollover; one that nobody tried may not. */
export function keepsBothSignatures(version: string): boolean {
  return RELEASES_UNHARMED.some(release => version.startsWith(`${release}.`))
}

type Stated = { readonly key: SeenKey; readonly state: KeyState }

/** The key that others rely on while another one, which is to stay, has no DS everywhere yet. */
function joined(stated: readonly Stated[], relied: readonly Stated[]): Stated | undefined {
  const fresh = stated.find(({ state }) => state.goal === 'omnipresent' && state.ds !== 'omnipresent')
  return fresh === undefined ? undefined : relied.find(({ key }) => key !== fresh.key)
}

/** Zones of one name may have keys in several folders, a folder for each view. */
function byPlace(keys: readonly SeenKey[]): Iterable<readonly SeenKey[]> {
  const places = new Map<string, SeenKey[]>()
  for (const key of keys) {
    const place = `${key.file.slice(0, key.file.lastIndexOf('/'))} ${key.zone}`
    const found = places.get(place)
    if (found === undefined) places.set(place, [key])
    else found.push(key)
  }
  return places.values()
}
