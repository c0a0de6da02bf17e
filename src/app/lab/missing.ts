import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import { RECORD_TYPES, readTxt, writeQuery } from '../../core/dns/index.ts'
import { type Answer, DnsClient, type Endpoint } from '../../io/net/index.ts'
import type { LabUpdate } from './update.ts'

/** Questions under way at each server. */
const IN_FLIGHT = 64
const QUESTION_DEADLINE_MS = 15_000

/** A record that a server should have and does not. */
export type MissingUpdate = {
  readonly update: LabUpdate
  readonly endpoint: Endpoint
  /** What it answered instead: an rcode, or another value. */
  readonly answer: string
}

/** Asks every server for every record, many at a time; a server that does not answer fails the whole. */
export async function findMissing(
  updates: readonly LabUpdate[],
  endpoints: readonly Endpoint[],
): Promise<Result<readonly MissingUpdate[], Failure>> {
  const found = await Promise.all(endpoints.map(endpoint => findMissingAt(updates, endpoint)))
  const missing: MissingUpdate[] = []
  for (const part of found) {
    if (!part.ok) return part
    missing.push(...part.value)
  }
  return ok(missing)
}

async function findMissingAt(
  updates: readonly LabUpdate[],
  endpoint: Endpoint,
): Promise<Result<readonly MissingUpdate[], Failure>> {
  const client = new DnsClient(endpoint)
  const missing: MissingUpdate[] = []
  const rest = updates.values()
  let failed: Failure | undefined
  const ask = async (): Promise<void> => {
    for (const update of rest) {
      const answer = await client.exchange(
        id => writeQuery({ name: update.name, type: RECORD_TYPES.TXT }, id),
        'repeatable',
        { deadlineMs: QUESTION_DEADLINE_MS },
      )
      if (!answer.ok) failed ??= answer.error
      if (!answer.ok || failed !== undefined) return
      const fault = faultOf(answer.value, update)
      if (fault !== undefined) missing.push({ update, endpoint, answer: fault })
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask))
  client.close()
  return failed === undefined ? ok(missing) : fail(failed)
}

function faultOf(answer: Answer, update: LabUpdate): string | undefined {
  const { rcode, answers } = answer.message
  if (rcode !== 'NOERROR') return rcode
  const values = answers
    .map(record => readTxt(record.rdata))
    .map(read => (read.ok ? read.value.join('') : '?'))
  if (values.length === 1 && values[0] === update.value) return undefined
  return values.length === 0 ? 'no such record' : values.join(', ')
}
