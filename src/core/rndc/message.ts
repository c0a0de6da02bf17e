import { createHmac, timingSafeEqual } from 'node:crypto'
import { fail, type KeyAlgorithm, ok, type Result, type SharedKey } from '../base/index.ts'
import { decodeTable, encodedLength, encodeTable, type Table, type TableProblem } from './table.ts'

const VERSION = 1
const VERSION_BYTES = 4
/** Base64 of HMAC-MD5 without its padding, and of the longest SHA: named fills shorter ones up with zero bytes. */
const MD5_SIGNATURE_BYTES = 22
const SHA_SIGNATURE_BYTES = 88

/** The algorithm byte before an `hsha` signature (lib/isccc/include/isccc/cc.h); MD5 has a field of its own. */
const ALGORITHM_NUMBERS: Readonly<Record<Exclude<KeyAlgorithm, 'hmac-md5'>, number>> = {
  'hmac-sha1': 161,
  'hmac-sha224': 162,
  'hmac-sha256': 163,
  'hmac-sha384': 164,
  'hmac-sha512': 165,
}

/** Why bytes are no message that the key's holder sent, in words that fit after "because". */
export type MessageProblem =
  | TableProblem
  | 'its protocol version is unknown'
  | 'it is not signed'
  | 'its signature is wrong'

/** A control message without its length: the version, `_auth` with the signature, and the signed table. */
export function signMessage(table: Table, key: SharedKey): Uint8Array {
  const content = encodeTable(table)
  const version = Buffer.alloc(VERSION_BYTES)
  version.writeUInt32BE(VERSION)
  return Buffer.concat([version, encodeTable(authentication(content, key)), content])
}

/** The table of a message, once its signature is found to be the key's. The comparison takes constant time. */
export function openMessage(message: Uint8Array, key: SharedKey): Result<Table, MessageProblem> {
  if (message.length < VERSION_BYTES) return fail('it is cut off')
  const view = new DataView(message.buffer, message.byteOffset)
  if (view.getUint32(0) !== VERSION) return fail('its protocol version is unknown')
  const signed = message.subarray(VERSION_BYTES)
  const decoded = decodeTable(signed)
  if (!decoded.ok) return decoded
  const [first] = decoded.value
  if (first?.[0] !== '_auth') return fail('it is not signed')
  const authBytes = encodedLength(new Map([first]))
  const expected = encodeTable(authentication(signed.subarray(authBytes), key))
  const observed = signed.subarray(0, authBytes)
  if (expected.length !== observed.length || !timingSafeEqual(expected, observed)) {
    return fail('its signature is wrong')
  }
  return ok(new Map([...decoded.value].slice(1)))
}

/** The `_auth` entry that goes before `content`: the HMAC over all that follows it. */
function authentication(content: Uint8Array, key: SharedKey): Table {
  const digest = createHmac(key.algorithm.slice('hmac-'.length), key.reveal())
    .update(content)
    .digest('base64')
  const field: [string, Uint8Array] =
    key.algorithm === 'hmac-md5'
      ? ['hmd5', Buffer.from(digest).subarray(0, MD5_SIGNATURE_BYTES)]
      : [
          'hsha',
          Buffer.concat(
            [Uint8Array.of(ALGORITHM_NUMBERS[key.algorithm]), Buffer.from(digest)],
            1 + SHA_SIGNATURE_BYTES,
          ),
        ]
  return new Map([['_auth', new Map([field])]])
}
