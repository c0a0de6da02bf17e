import type { DomainName, Instant } from '../../core/base/index.ts'
import type { Endpoint } from '../../io/net/index.ts'

/** One record that a writer adds: a TXT of its own name. Adding it twice comes to the same. */
export type LabUpdate = {
  readonly zone: DomainName
  readonly name: DomainName
  readonly value: string
}

/** An update that a server acknowledged with NOERROR. From then on no server may ever be without it. */
export type AcknowledgedUpdate = LabUpdate & {
  readonly acknowledged: Instant
  readonly via: Endpoint
  /** How often it was refused or not answered before. */
  readonly refusals: number
}

/** An update that no server acknowledged, though it may have been done. */
export type PendingUpdate = LabUpdate & {
  readonly attempts: number
  /** What came of the last attempt: an rcode, or a failure in words. */
  readonly answer: string
}
