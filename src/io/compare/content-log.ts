import { type Failure, fail, failure, type Result, type Serial } from '../../core/base/index.ts'
import type { BelievedContent, BelievedContents } from '../../core/verify/index.ts'

type Looks = { latest: Result<BelievedContent, Failure>; readonly digests: Map<Serial, string> }

/** Two digests of a zone at one serial. */
export type Meeting = { readonly serial: Serial; readonly digest: string; readonly digestOther: string }

/**
 * What was seen of every zone on every server, at every serial that it had when looked at. A server that follows a busy zone
 * is a little behind at every look, but stands now where the active stood some looks ago.
 */
export class ContentLog {
  readonly #looks = new Map<string, Map<string, Looks>>()

  constructor(believed: BelievedContents) {
    for (const [server, contents] of believed)
      for (const [zone, content] of contents) this.add(server, zone, { ok: true, value: content })
  }

  add(server: string, zone: string, content: Result<BelievedContent, Failure>): void {
    const zones = this.#looks.get(server) ?? new Map<string, Looks>()
    this.#looks.set(server, zones)
    const looks = zones.get(zone) ?? { latest: content, digests: new Map<Serial, string>() }
    zones.set(zone, looks)
    looks.latest = content
    if (content.ok) looks.digests.set(content.value.serial, content.value.digest)
  }

  has(server: string, zone: string): boolean {
    return this.#looks.get(server)?.has(zone) === true
  }

  hasSerial(server: string, zone: string, serial: Serial): boolean {
    return this.#looks.get(server)?.get(zone)?.digests.has(serial) === true
  }

  latest(server: string, zone: string): Result<BelievedContent, Failure> {
    return this.#looks.get(server)?.get(zone)?.latest ?? fail(notLookedAt(server, zone))
  }

  /** The serial at which both were seen last, if there is one. */
  newestInBoth(server: string, other: string, zone: string): Meeting | undefined {
    const own = this.#looks.get(server)?.get(zone)?.digests ?? new Map<Serial, string>()
    const others = this.#looks.get(other)?.get(zone)?.digests ?? new Map<Serial, string>()
    let met: Meeting | undefined
    for (const [serial, digestOther] of others) {
      const digest = own.get(serial)
      if (digest !== undefined) met = { serial, digest, digestOther }
    }
    return met
  }
}

function notLookedAt(server: string, zone: string): Failure {
  return failure({
    code: 'verify.content-unknown',
    subject: `${zone} on ${server}`,
    because: 'it did not answer',
    remedy: 'See whether named runs there, and verify again.',
  })
}
