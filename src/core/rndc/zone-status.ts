import {
  type DomainName,
  fail,
  type Instant,
  ok,
  parseDomainName,
  type Result,
  type Serial,
  serialFrom,
} from '../base/index.ts'
import { answerLines } from './answer-lines.ts'
import { parseHttpDate } from './http-date.ts'

/** What `rndc zonestatus` says of a loaded zone; for any other named answers "zone not loaded" instead. */
export type ZoneStatus = {
  readonly name: DomainName
  /** named's own word: `primary`, `secondary`, `redirect`, … */
  readonly type: string
  /** The zone's file, then the files it includes; relative ones start at named's working directory. */
  readonly files: readonly string[]
  readonly serial: Serial
  /** Of the signed version, where named signs beside the unsigned one (`inline-signing`). */
  readonly serialSigned: Serial | undefined
  readonly lastLoaded: Instant | undefined
  readonly secure: boolean
  readonly inlineSigning: boolean
  /** Takes updates as a primary; a secondary counts as not dynamic. */
  readonly dynamic: boolean
  readonly frozen: boolean
  /** A secondary's next question to its primaries, and when its copy expires without an answer. */
  readonly nextRefresh: Instant | undefined
  readonly expires: Instant | undefined
  readonly keyDirectory: string | undefined
}

/** Why an answer to `zonestatus` can't be read, in words that fit after "because". */
export type ZoneStatusProblem = 'it names no zone' | 'it names no type' | 'it has no serial'

/** Reads the answer to `zonestatus`; lines that a later BIND adds are left out. */
export function parseZoneStatus(text: string): Result<ZoneStatus, ZoneStatusProblem> {
  const lines = answerLines(text)
  const name = parseDomainName(lines.get('name') ?? '')
  const type = lines.get('type')
  const serial = serialIn(lines.get('serial'))
  if (!name.ok) return fail('it names no zone')
  if (type === undefined) return fail('it names no type')
  if (serial === undefined) return fail('it has no serial')
  return ok({
    name: name.value,
    type,
    files: lines.get('files')?.split(', ') ?? [],
    serial,
    serialSigned: serialIn(lines.get('signed serial')),
    lastLoaded: parseHttpDate(lines.get('last loaded')),
    secure: lines.get('secure') === 'yes',
    inlineSigning: lines.get('inline signing') === 'yes',
    dynamic: lines.get('dynamic') === 'yes',
    frozen: lines.get('frozen') === 'yes',
    nextRefresh: parseHttpDate(lines.get('next refresh')),
    expires: parseHttpDate(lines.get('expires')),
    keyDirectory: lines.get('key-directory'),
  })
}

function serialIn(text: string | undefined): Serial | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? serialFrom(Number(text)) : undefined
}
