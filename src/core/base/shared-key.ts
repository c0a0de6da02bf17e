import { invariant } from './invariant.ts'

/** The HMAC algorithms that named accepts for TSIG (RFC 8945 section 6) and for rndc. */
export const KEY_ALGORITHMS = [
  'hmac-md5',
  'hmac-sha1',
  'hmac-sha224',
  'hmac-sha256',
  'hmac-sha384',
  'hmac-sha512',
] as const

export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number]

/** A shared secret under a name, for TSIG or for rndc. It prints and serialises without its secret. */
export class SharedKey {
  readonly name: string
  readonly algorithm: KeyAlgorithm
  readonly #secret: Uint8Array

  constructor(name: string, algorithm: KeyAlgorithm, secret: Uint8Array) {
    invariant(secret.length > 0, 'a shared key has a secret')
    this.name = name
    this.algorithm = algorithm
    this.#secret = secret
  }

  /** The secret itself, for the HMAC and for rendering a key statement; nothing else may ask. */
  reveal(): Uint8Array {
    return this.#secret
  }

  toJSON(): { name: string; algorithm: KeyAlgorithm } {
    return { name: this.name, algorithm: this.algorithm }
  }
}
