import type { Serial } from '../base/index.ts'

/** The beginning of a file and the size of the whole: enough, nearly always, to know the serial in it. */
export type ZoneFileHead = {
  readonly bytes: Uint8Array
  /** Of the whole file, in bytes. */
  readonly size: number
}

/** What the beginning of a zone file says about the zone's serial. */
export type HeadSerial =
  | { readonly kind: 'serial'; readonly serial: Serial }
  /** The SOA is not in this head; a longer one, or loading the zone, would tell. */
  | { readonly kind: 'beyond' }
  /** named would not load it either. `because` fits after "because". */
  | { readonly kind: 'malformed'; readonly because: string }

/** Nothing of the file is missing from the head. */
export function isWhole(head: ZoneFileHead): boolean {
  return head.bytes.length >= head.size
}

/** Where the file ends early, that is the file's fault; where the head does, a longer head will tell. */
export function cutShort(head: ZoneFileHead, because: string): HeadSerial {
  return isWhole(head) ? { kind: 'malformed', because } : { kind: 'beyond' }
}
