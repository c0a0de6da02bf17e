import type { ResourceRecord } from '../message.ts'
import { canonicalRdata } from './canonical-rdata.ts'
import { printRdata } from './print-rdata.ts'
import { printRecordClass } from './record-class.ts'
import { printRecordType } from './record-type.ts'

/** What one copy of a zone lacks of another, and what it has besides; each in the order of its own copy. */
export type RecordDifference = {
  readonly missing: readonly ResourceRecord[]
  readonly extra: readonly ResourceRecord[]
}

/**
 * Compares two copies of a zone record by record, TTLs included. Records are the same when their canonical forms are (RFC 4034
 * section 6.2), so that differences of case that a digest does not see are none here either. Both lists are kept in memory.
 */
export function diffRecords(
  reference: readonly ResourceRecord[],
  copy: readonly ResourceRecord[],
): RecordDifference {
  return { missing: recordsOnlyIn(reference, copy), extra: recordsOnlyIn(copy, reference) }
}

/** `www.example. 300 IN A 192.0.2.80`: a record as a zone file has it, in one line, names absolute. */
export function printRecord({ owner, ttl, class: recordClass, type, rdata }: ResourceRecord): string {
  const name = owner === '.' ? owner : `${owner}.`
  return [name, ttl, printRecordClass(recordClass), printRecordType(type), printRdata(type, rdata)].join(' ')
}

function recordsOnlyIn(
  records: readonly ResourceRecord[],
  others: readonly ResourceRecord[],
): readonly ResourceRecord[] {
  const known = new Set(others.map(canonicalKey))
  return records.filter(record => !known.has(canonicalKey(record)))
}

/** Owners are canonical already. */
function canonicalKey({ owner, ttl, class: recordClass, type, rdata }: ResourceRecord): string {
  return `${owner} ${ttl} ${recordClass} ${type} ${canonicalRdata(type, rdata)}`
}
