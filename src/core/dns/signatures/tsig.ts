import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  type DomainName,
  invariant,
  type KeyAlgorithm,
  parseDomainName,
  type SharedKey,
} from '../../base/index.ts'
import { RECORD_CLASSES } from '../records/record-class.ts'
import { WireWriter } from '../wire-writer.ts'

/** How far the two clocks may be apart, in seconds, as RFC 8945 section 10 recommends. */
export const TSIG_FUDGE_S = 300

/** A TSIG record's own fields (RFC 8945 section 4.2). */
export type Tsig = {
  readonly keyName: DomainName
  readonly algorithmName: DomainName
  /** Seconds since 1970. */
  readonly timeSigned: number
  readonly fudgeS: number
  readonly mac: Uint8Array
  /** The message's id before anyone on the way changed it. */
  readonly originalId: number
  readonly error: number
  readonly other: Uint8Array
}

/** An algorithm's name on the wire (RFC 8945 section 6), its digest in `node:crypto`, and the bytes of a whole MAC. */
type TsigAlgorithm = { readonly name: DomainName; readonly digest: string; readonly macBytes: number }

const ALGORITHMS: Record<KeyAlgorithm, TsigAlgorithm> = {
  'hmac-md5': { name: nameOf('hmac-md5.sig-alg.reg.int'), digest: 'md5', macBytes: 16 },
  'hmac-sha1': { name: nameOf('hmac-sha1'), digest: 'sha1', macBytes: 20 },
  'hmac-sha224': { name: nameOf('hmac-sha224'), digest: 'sha224', macBytes: 28 },
  'hmac-sha256': { name: nameOf('hmac-sha256'), digest: 'sha256', macBytes: 32 },
  'hmac-sha384': { name: nameOf('hmac-sha384'), digest: 'sha384', macBytes: 48 },
  'hmac-sha512': { name: nameOf('hmac-sha512'), digest: 'sha512', macBytes: 64 },
}

export function tsigAlgorithm(key: SharedKey): TsigAlgorithm {
  return ALGORITHMS[key.algorithm]
}

/** The key's name as a domain name; where keys are read, a name that is none was refused. */
export function tsigKeyName(key: SharedKey): DomainName {
  return nameOf(key.name)
}

/** The MAC over the parts, in order (RFC 8945 section 4.3). */
export function tsigMac(key: SharedKey, parts: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac(tsigAlgorithm(key).digest, key.reveal())
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** A MAC as the next message's MAC covers it: its length in 16 bits, then itself (RFC 8945 section 4.3.1). */
export function precedingMac(mac: Uint8Array): Uint8Array {
  return new WireWriter().u16(mac.length).bytes(mac).written()
}

/** What a MAC covers of the TSIG record itself (RFC 8945 section 4.3.3). */
export function tsigVariables(tsig: Omit<Tsig, 'mac' | 'originalId'>): Uint8Array {
  return new WireWriter()
    .name(tsig.keyName)
    .u16(RECORD_CLASSES.ANY)
    .u32(0)
    .name(tsig.algorithmName)
    .u48(tsig.timeSigned)
    .u16(tsig.fudgeS)
    .u16(tsig.error)
    .u16(tsig.other.length)
    .bytes(tsig.other)
    .written()
}

/** What the MAC of a later message of the same answer covers instead (RFC 8945 section 5.3.1). */
export function tsigTimers(tsig: Pick<Tsig, 'timeSigned' | 'fudgeS'>): Uint8Array {
  return new WireWriter().u48(tsig.timeSigned).u16(tsig.fudgeS).written()
}

/** Compares in a time that does not depend on where they differ. */
export function sameMac(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}

function nameOf(text: string): DomainName {
  const name = parseDomainName(text)
  invariant(name.ok, 'a TSIG key or algorithm has a domain name for its name')
  return name.value
}
