import { fail, ok, type Result, type SharedKey } from '../../base/index.ts'
import type { WireProblem } from '../wire-problem.ts'
import { WireReader } from '../wire-reader.ts'
import {
  precedingMac,
  sameMac,
  TSIG_FUDGE_S,
  type Tsig,
  tsigAlgorithm,
  tsigKeyName,
  tsigMac,
  tsigTimers,
  tsigVariables,
} from './tsig.ts'
import { appendTsig, takeTsig } from './tsig-record.ts'

/** Messages that may come unsigned between two signed ones of the same answer (RFC 8945 section 5.3.1). */
export const UNSIGNED_MESSAGES_MAX = 99

/** The TSIG error codes by which a server says what it did not like (RFC 8945 sections 3 and 5.2). */
const SERVER_ERRORS = new Map<number, TsigProblemKind>([
  [16, 'server-bad-signature'],
  [17, 'server-bad-key'],
  [18, 'server-bad-time'],
  [22, 'server-bad-truncation'],
])

/** `server-…`: the server refused our signature and says why; `reply-…`: we refuse the server's. */
export type TsigProblemKind =
  | 'server-bad-signature'
  | 'server-bad-key'
  | 'server-bad-time'
  | 'server-bad-truncation'
  | 'server-other-error'
  | 'reply-unsigned'
  | 'reply-other-key'
  | 'reply-bad-signature'
  | 'reply-bad-time'
  | 'reply-bad-truncation'
  | 'reply-malformed'

export type TsigProblem = {
  readonly kind: TsigProblemKind
  /** The server's clock where it told it, in seconds since 1970. */
  readonly serverTimeS: number | undefined
  readonly malformed: WireProblem | undefined
}

/** Signs a request, and verifies all messages of the answer to it (RFC 8945 section 5). */
export class TsigConversation {
  /** The request with its TSIG record. */
  readonly request: Uint8Array
  readonly #key: SharedKey
  /** The MAC that the next one is chained to. */
  #preceding: Uint8Array
  #verified = 0
  /** Unsigned messages since the last signed one, which the next MAC covers. */
  #unsigned: Uint8Array[] = []

  /** `nowS`: the time of day in seconds since 1970. */
  constructor(key: SharedKey, request: Uint8Array, nowS: number) {
    const fields = {
      keyName: tsigKeyName(key),
      algorithmName: tsigAlgorithm(key).name,
      timeSigned: nowS,
      fudgeS: TSIG_FUDGE_S,
      error: 0,
      other: new Uint8Array(),
    }
    const mac = tsigMac(key, [request, tsigVariables(fields)])
    this.#key = key
    this.#preceding = mac
    this.request = appendTsig(request, { ...fields, mac, originalId: new WireReader(request).u16() })
  }

  /**
   * Verifies the next message of the answer and gives it without its TSIG record. An unsigned message in the middle is
   * let through, and proved only by the next signed one: `settled` says whether everything so far is proved.
   */
  accept(message: Uint8Array, nowS: number): Result<Uint8Array, TsigProblem> {
    const taken = takeTsig(message)
    if (!taken.ok) return fail(problem('reply-malformed', { malformed: taken.error }))
    const { bare, tsig } = taken.value
    if (tsig === undefined) return this.#acceptUnsigned(bare)
    if (tsig.keyName !== tsigKeyName(this.#key) || tsig.algorithmName !== tsigAlgorithm(this.#key).name) {
      return fail(problem(serverKind(tsig) ?? 'reply-other-key', {}))
    }
    // BADKEY and BADSIG cannot be signed (RFC 8945 section 5.2): they are believed, and believing them only fails.
    const said = serverKind(tsig)
    if (said !== undefined && tsig.mac.length === 0) return fail(problem(said, {}))
    const wrong = this.#check(bare, tsig)
    if (wrong !== undefined) return fail(problem(wrong, {}))
    if (said !== undefined) return fail(problem(said, { serverTimeS: serverTime(tsig) }))
    if (Math.abs(nowS - tsig.timeSigned) > tsig.fudgeS) {
      return fail(problem('reply-bad-time', { serverTimeS: tsig.timeSigned }))
    }
    this.#preceding = new Uint8Array(tsig.mac)
    this.#unsigned = []
    this.#verified++
    return ok(bare)
  }

  /** Whether the last message was signed: the last one of an answer must be (RFC 8945 section 5.3.1). */
  get settled(): boolean {
    return this.#verified > 0 && this.#unsigned.length === 0
  }

  #acceptUnsigned(bare: Uint8Array): Result<Uint8Array, TsigProblem> {
    const tooMany = this.#verified === 0 || this.#unsigned.length >= UNSIGNED_MESSAGES_MAX
    if (tooMany) return fail(problem('reply-unsigned', {}))
    this.#unsigned.push(new Uint8Array(bare))
    return ok(bare)
  }

  #check(bare: Uint8Array, tsig: Tsig): TsigProblemKind | undefined {
    const { macBytes } = tsigAlgorithm(this.#key)
    // We sign with whole MACs, and named answers in kind; a shorter one is not ours to accept (RFC 8945 section 5.2.2.1).
    if (tsig.mac.length < macBytes) return 'reply-bad-truncation'
    const covered = this.#verified === 0 ? tsigVariables(tsig) : tsigTimers(tsig)
    const mac = tsigMac(this.#key, [precedingMac(this.#preceding), ...this.#unsigned, bare, covered])
    return sameMac(mac, tsig.mac) ? undefined : 'reply-bad-signature'
  }
}

function serverKind(tsig: Tsig): TsigProblemKind | undefined {
  return tsig.error === 0 ? undefined : (SERVER_ERRORS.get(tsig.error) ?? 'server-other-error')
}

/** BADTIME carries the server's clock in its other data (RFC 8945 section 5.2.3). */
function serverTime(tsig: Tsig): number | undefined {
  return tsig.other.length === 6 ? new WireReader(tsig.other).u48() : tsig.timeSigned
}

function problem(kind: TsigProblemKind, more: Partial<Omit<TsigProblem, 'kind'>>): TsigProblem {
  return { kind, serverTimeS: more.serverTimeS, malformed: more.malformed }
}
