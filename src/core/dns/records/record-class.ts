/** Record classes (RFC 1035 section 3.2.4), with the two that only UPDATE and TSIG use (RFC 2136 section 2.4). */
export const RECORD_CLASSES = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 } as const

/** A record class as it stands on the wire, 0 to 65535. */
export type RecordClass = number

const MNEMONICS = new Map<number, string>(Object.entries(RECORD_CLASSES).map(([text, type]) => [type, text]))

/** The mnemonic, or `CLASSn` for a class without one (RFC 3597 section 5). */
export function printRecordClass(recordClass: RecordClass): string {
  return MNEMONICS.get(recordClass) ?? `CLASS${recordClass}`
}
