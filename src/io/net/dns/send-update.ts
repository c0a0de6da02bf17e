import { type Failure, fail, invariant, ok, type Result } from '../../../core/base/index.ts'
import { type Rcode, type Update, writeUpdate } from '../../../core/dns/index.ts'
import type { DnsClient, ExchangeOptions, Transport } from './dns-client.ts'
import { dnsFailure } from './dns-failure.ts'

/** How the server answered an update; only NOERROR means that it was done. */
export type UpdateOutcome = {
  readonly rcode: Rcode
  readonly transport: Transport
  readonly elapsedMs: number
}

/**
 * Sends an update once, over TCP unless told otherwise. It is never sent twice, so after `net.timeout` or `net.closed`
 * nobody knows whether it was done; every rcode, REFUSED for one, is an outcome and no failure.
 */
export async function sendUpdate(
  client: DnsClient,
  update: Update,
  options: ExchangeOptions,
): Promise<Result<UpdateOutcome, Failure>> {
  const draft = writeUpdate(update, 0)
  if (!draft.ok) return fail(dnsFailure('dns.too-large', `update of ${update.zone}`, draft.error))
  const writer = (id: number): Uint8Array => {
    const written = writeUpdate(update, id)
    invariant(written.ok, 'another id does not change the size of a message')
    return written.value
  }
  const answer = await client.exchange(writer, 'once', { transport: 'tcp', ...options })
  if (!answer.ok) return answer
  const { message, transport, elapsedMs } = answer.value
  return ok({ rcode: message.rcode, transport, elapsedMs })
}
