import { RECORD_TYPES, type RecordType } from './record-type.ts'

/**
 * A part of a record's data. Of the names, `name` is lower-cased in canonical form and `exact-name` is not (RFC 4034
 * section 6.2 as corrected by RFC 6840 section 5.1). `strings`, `hex`, `base64`, `text` and `types` take all that is left.
 */
export type RdataField =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'type'
  | 'time'
  | 'ipv4'
  | 'ipv6'
  | 'name'
  | 'exact-name'
  | 'string'
  | 'strings'
  | 'tag'
  | 'salt'
  | 'hash'
  | 'hex'
  | 'base64'
  | 'text'
  | 'types'

const DIGEST = ['u16', 'u8', 'u8', 'hex'] as const
const KEY = ['u16', 'u8', 'u8', 'base64'] as const
const SIGNATURE = ['type', 'u8', 'u8', 'u32', 'time', 'time', 'u16', 'name', 'base64'] as const
const ASSOCIATION = ['u8', 'u8', 'u8', 'hex'] as const

const T = RECORD_TYPES

/**
 * How record data is laid out, field by field: the one table from which names are expanded, canonical form is made and
 * presentation form is printed. A type that is not here has no names inside and prints as RFC 3597 `\# n hex`.
 */
const LAYOUTS = new Map<RecordType, readonly RdataField[]>([
  [T.A, ['ipv4']],
  [T.AAAA, ['ipv6']],
  [T.NS, ['name']],
  [T.MD, ['name']],
  [T.MF, ['name']],
  [T.CNAME, ['name']],
  [T.MB, ['name']],
  [T.MG, ['name']],
  [T.MR, ['name']],
  [T.PTR, ['name']],
  [T.DNAME, ['name']],
  [T.SOA, ['name', 'name', 'u32', 'u32', 'u32', 'u32', 'u32']],
  [T.MINFO, ['name', 'name']],
  [T.RP, ['name', 'name']],
  [T.MX, ['u16', 'name']],
  [T.AFSDB, ['u16', 'name']],
  [T.RT, ['u16', 'name']],
  [T.KX, ['u16', 'name']],
  [T.LP, ['u16', 'exact-name']],
  [T.PX, ['u16', 'name', 'name']],
  [T.SRV, ['u16', 'u16', 'u16', 'name']],
  [T.NAPTR, ['u16', 'u16', 'string', 'string', 'string', 'name']],
  [T.HINFO, ['string', 'string']],
  [T.X25, ['string']],
  [T.TXT, ['strings']],
  [T.SPF, ['strings']],
  [T.CAA, ['u8', 'tag', 'text']],
  [T.URI, ['u16', 'u16', 'text']],
  [T.DS, DIGEST],
  [T.CDS, DIGEST],
  [T.ZONEMD, ['u32', 'u8', 'u8', 'hex']],
  [T.DNSKEY, KEY],
  [T.CDNSKEY, KEY],
  [T.KEY, KEY],
  [T.RRSIG, SIGNATURE],
  [T.SIG, SIGNATURE],
  [T.NSEC, ['exact-name', 'types']],
  [T.NXT, ['name', 'hex']],
  [T.NSEC3, ['u8', 'u8', 'u16', 'salt', 'hash', 'types']],
  [T.NSEC3PARAM, ['u8', 'u8', 'u16', 'salt']],
  [T.CSYNC, ['u32', 'u16', 'types']],
  [T.TLSA, ASSOCIATION],
  [T.SMIMEA, ASSOCIATION],
  [T.SSHFP, ['u8', 'u8', 'hex']],
  [T.OPENPGPKEY, ['base64']],
  [T.DHCID, ['base64']],
])

export function rdataLayout(type: RecordType): readonly RdataField[] | undefined {
  return LAYOUTS.get(type)
}
