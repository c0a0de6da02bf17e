import { describe, expect, test } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import {
  FLAGS_NONE,
  RECORD_TYPES,
  type ResourceRecord,
  readMessage,
  readSoaSerial,
  TransferReader,
  type TransferRequest,
  writeMessage,
  writeTransferRequest,
} from '../../../src/core/dns/index.ts'

const ZONE = 'a.example' as DomainName
const AXFR: TransferRequest = { kind: 'axfr', zone: ZONE }
const IXFR: TransferRequest = { kind: 'ixfr', zone: ZONE, since: 1 as Serial }

function soa(serial: number): ResourceRecord {
  const rdata = new Uint8Array(22)
  new DataView(rdata.buffer).setUint32(2, serial)
  return { owner: ZONE, type: RECORD_TYPES.SOA, class: 1, ttl: 60, rdata }
}

function a(last: number): ResourceRecord {
  const owner = `h${last}.a.example` as DomainName
  return { owner, type: RECORD_TYPES.A, class: 1, ttl: 60, rdata: Uint8Array.from([192, 0, 2, last]) }
}

function message(answers: readonly ResourceRecord[]): Uint8Array {
  const empty = { questions: [], authorities: [], additionals: [] }
  const flags = { ...FLAGS_NONE, response: true }
  const written = writeMessage({ id: 1, opcode: 0, rcode: 'NOERROR', flags, answers, ...empty })
  if (!written.ok) throw new Error(written.error)
  return written.value
}

/** Feeds the messages in one go; what came out, as `part:last byte of the data`, and how it ended. */
function read(request: TransferRequest, messages: readonly (readonly ResourceRecord[])[]) {
  const seen: string[] = []
  const reader = new TransferReader(request, (bytes, place, part) => {
    const at = place.type === RECORD_TYPES.SOA ? place.rdataAt + 5 : place.rdataAt + 3
    seen.push(`${part}:${place.type === RECORD_TYPES.SOA ? 'soa' : ''}${bytes[at]}`)
  })
  const results = messages.map(answers => reader.accept(message(answers)))
  return { seen, results, last: results.at(-1) }
}

describe('an AXFR', () => {
  test('ends with the SOA it began with, wherever messages are cut', () => {
    const records = [soa(5), a(1), a(2), soa(5)]
    for (let cut = 1; cut < records.length; cut++) {
      const { seen, results } = read(AXFR, [records.slice(0, cut), records.slice(cut)])
      expect(seen).toEqual(['whole:soa5', 'whole:1', 'whole:2'])
      expect(results).toEqual([
        { ok: true, value: undefined },
        { ok: true, value: { kind: 'whole', serial: 5 } },
      ])
    }
  })

  test.each([
    ['begins with something else', [[a(1)]], 'it does not begin with the SOA of the zone'],
    ['is empty', [[]], 'it has no records'],
    ['changes its serial on the way', [[soa(5), soa(6)]], 'it ends with another serial than it began with'],
    ['goes on after its end', [[soa(5), soa(5), a(1)]], 'records follow its end'],
  ])('that %s is broken', (_case, messages, because) => {
    expect(read(AXFR, messages).last).toEqual({ ok: false, error: { kind: 'broken', because } })
  })
})

describe('an IXFR', () => {
  test('may be differences, in several steps', () => {
    const records = [soa(3), soa(1), a(1), soa(2), a(2), soa(2), a(2), soa(3), a(3), soa(3)]
    const { seen, last } = read(IXFR, [records.slice(0, 1), records.slice(1, 6), records.slice(6)])
    expect(seen).toEqual([
      ...['deleted:soa1', 'deleted:1', 'added:soa2', 'added:2'],
      ...['deleted:soa2', 'deleted:2', 'added:soa3', 'added:3'],
    ])
    expect(last).toEqual({ ok: true, value: { kind: 'changes', serial: 3 } })
  })

  test('may be the whole zone, its first SOA in a message of its own', () => {
    const { seen, last } = read(IXFR, [[soa(3)], [a(1), soa(3)]])
    expect(seen).toEqual(['whole:soa3', 'whole:1'])
    expect(last).toEqual({ ok: true, value: { kind: 'whole', serial: 3 } })
  })

  test('may say that there is nothing new', () => {
    expect(read(IXFR, [[soa(1)]]).last).toEqual({ ok: true, value: { kind: 'unchanged', serial: 1 } })
  })

  test('is asked for with the serial we have', () => {
    const asked = readMessage(writeTransferRequest({ ...IXFR, since: 77 as Serial }, 9))
    expect(asked.ok && readSoaSerial(asked.value.authorities[0]?.rdata ?? new Uint8Array())).toEqual({
      ok: true,
      value: 77,
    })
  })
})
