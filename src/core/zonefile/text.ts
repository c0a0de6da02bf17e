import { serialFrom } from '../base/index.ts'
import { isRaw } from './raw.ts'
import { type TextToken, textTokens } from './text-tokens.ts'
import { cutShort, type HeadSerial, isWhole, type ZoneFileHead } from './zone-file-head.ts'

const CLASS = /^(IN|CH|CHAOS|HS|HESIOD|CLASS\d+)$/i
/** A TTL in seconds or in BIND's units (`1h30m`). */
const TTL = /^\d+([smhdw]\d*)*$/i
/** Directives that neither hold records nor change where the next entry begins. */
const HARMLESS_DIRECTIVE = /^\$(ORIGIN|TTL|GENERATE)$/i
const SERIAL = /^\d+$/

type Entry = { readonly owner: string; readonly fields: readonly Word[] }
type Word = Extract<TextToken, { kind: 'word' }>

/**
 * The serial in the head of a text zone file (RFC 1035 section 5.1). Records before the SOA, comments, parentheses
 * and `$ORIGIN`, `$TTL`, `$GENERATE` are stepped over; past an `$INCLUDE`, or a directive not known here, only loading
 * the zone tells.
 */
export function readTextSerial(head: ZoneFileHead): HeadSerial {
  if (isRaw(head.bytes)) return { kind: 'malformed', because: 'it is in raw format, not text' }
  for (const entry of entriesOf(textOf(head))) {
    if (entry.owner.startsWith('$')) {
      if (HARMLESS_DIRECTIVE.test(entry.owner)) continue
      return { kind: 'beyond' }
    }
    const rdata = soaRdata(entry.fields)
    const serial = rdata?.[2]?.text
    if (rdata === undefined) continue
    if (serial !== undefined) return readSerial(serial)
  }
  return cutShort(head, 'it has no SOA record')
}

/** Zone files are bytes; names and strings beyond ASCII do not matter here, so no decoding can fail. */
function textOf(head: ZoneFileHead): string {
  const text = new TextDecoder('latin1').decode(head.bytes)
  return isWhole(head) ? `${text}\n` : text
}

/** Entries of the file, the last one perhaps cut off. The owner of an entry that inherits it is empty. */
function* entriesOf(text: string): Generator<Entry> {
  let owner: string | undefined
  let fields: Word[] = []
  for (const token of textTokens(text)) {
    if (token.kind === 'same-owner') owner = ''
    else if (token.kind === 'end') {
      if (owner !== undefined) yield { owner, fields }
      owner = undefined
      fields = []
    } else if (owner === undefined) owner = token.text
    else fields.push(token)
  }
  if (owner !== undefined) yield { owner, fields }
}

/** What follows `SOA`, if that is the entry's type: after at most a TTL and a class, in either order. */
function soaRdata(fields: readonly Word[]): readonly Word[] | undefined {
  const type = fields.findIndex(({ text }) => !CLASS.test(text) && !TTL.test(text))
  return type !== -1 && type <= 2 && fields[type]?.text.toUpperCase() === 'SOA'
    ? fields.slice(type + 1)
    : undefined
}

function readSerial(text: string): HeadSerial {
  const serial = SERIAL.test(text) ? serialFrom(Number(text)) : undefined
  return serial === undefined
    ? { kind: 'malformed', because: `its SOA has "${text}" where the serial should be` }
    : { kind: 'serial', serial }
}
