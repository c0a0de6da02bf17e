import { type DomainName, fail, ok, parseDomainName, type Result, type Serial } from '../base/index.ts'
import { KeyLines, readCount, SERIAL_MAX } from './key-lines.ts'

/**
 * At which serial a server took over each zone, as a failover writes it down before it lets writes in: what the server
 * before it has after that serial, nobody else has. The file is `baton/forks/SET.TERM`.
 */
export type ForkRecord = {
  readonly fleet: string
  readonly set: string
  /** The term that began with this promotion. */
  readonly term: number
  readonly from: string
  readonly to: string
  /** RFC 3339, UTC. */
  readonly recorded: string
  readonly zones: readonly ForkedZone[]
}

export type ForkedZone = { readonly name: DomainName; readonly view: string; readonly serial: Serial }

const VERSION = '1'
const TERM_MAX = 2 ** 31 - 1

/** `key=value` lines, and for each zone a line with tabs between name, view and serial. */
export function printForkRecord(record: ForkRecord): string {
  const { fleet, set, term, from, to, recorded, zones } = record
  return [
    `version=${VERSION}`,
    `fleet=${fleet}`,
    `set=${set}`,
    `term=${term}`,
    `from=${from}`,
    `to=${to}`,
    `recorded=${recorded}`,
    ...zones.map(({ name, view, serial }) => `zone=${name}\t${view}\t${serial}`),
    '',
  ].join('\n')
}

/** Reads any bytes; a problem fits after "because". */
export function parseForkRecord(bytes: Uint8Array): Result<ForkRecord, string> {
  const lines = new KeyLines(bytes)
  if (lines.value('version') !== VERSION) return fail(`its version is not ${VERSION}`)
  const word = (key: string) => lines.value(key) ?? ''
  const term = readCount(lines.value('term'), TERM_MAX)
  if (term === undefined) return fail('its term is no number')
  const missing = ['fleet', 'set', 'from', 'to'].find(key => word(key) === '')
  if (missing !== undefined) return fail(`it does not say "${missing}"`)
  const zones: ForkedZone[] = []
  for (const [name = '', view = '', serial] of lines.rows('zone')) {
    const parsed = parseDomainName(name)
    const count = readCount(serial, SERIAL_MAX)
    if (!parsed.ok || view === '' || count === undefined)
      return fail(`its line for the zone "${name}" is damaged`)
    zones.push({ name: parsed.value, view, serial: count as Serial })
  }
  const [fleet, set, from, to, recorded] = ['fleet', 'set', 'from', 'to', 'recorded'].map(word) as Words
  return ok({ fleet, set, term, from, to, recorded, zones })
}

type Words = [string, string, string, string, string]
