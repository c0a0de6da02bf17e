import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainName, SharedKey } from '../../../src/core/base/index.ts'
import { querySerials } from '../../../src/io/net/index.ts'
import { until } from '../../support/until.ts'
import { keyStatement, Named, testKey } from './named.ts'

/** Many times what is in flight before the first answers are there. */
const ZONES = 2_000
const [closed, open, both] = [testKey('closed'), testKey('open'), testKey('both')]
const zones = Array.from({ length: ZONES }, (_, index) => `z${index}.example` as DomainName)
const apex = (serial: number): string =>
  `$TTL 60\n@ SOA ns hostmaster ${serial} 60 60 600 60\n@ NS ns.example.\n`

let named: Named

beforeAll(async () => {
  const view = (name: string, key: SharedKey, options: string): string => `view "${name}" {
    match-clients { key ${key.name}; }; ${options} };`
  const serving = (file: string): string =>
    zones.map(zone => `zone "${zone}" { type primary; file "${file}"; };`).join('\n')
  const recursive = 'recursion yes; allow-recursion { any; };'
  named = await Named.start({
    options: 'querylog yes;',
    configuration: `${[closed, open, both].map(keyStatement).join('\n')}
      ${view('closed', closed, `recursion no; ${serving('z.db')}`)}
      ${view('open', open, `${recursive} ${serving('z.db')}`)}
      ${view('resolver', both, `match-recursive-only yes; ${recursive} ${serving('other.db')}`)}
      ${view('authority', both, `recursion no; ${serving('z.db')}`)}`,
    files: { 'z.db': apex(5), 'other.db': apex(99) },
  })
})

afterAll(() => named.stop())

/** The questions that a view was asked, as named logs them. */
function askedOf(view: string): readonly string[] {
  return named.log.split('\n').flatMap(line => line.split(`view ${view}: query: `)[1] ?? [])
}

async function expectSerials(key: SharedKey): Promise<void> {
  const serials = await querySerials(named.endpoint, zones, { key })
  expect(serials.size).toBe(ZONES)
  expect([...serials.values()].filter(serial => !serial.ok || serial.value !== 5)).toEqual([])
}

describe('querySerials', () => {
  test('desires recursion once it knows that the server has none to give', async () => {
    await expectSerials(closed)
    await until('all questions in the log', () => askedOf('closed').length >= ZONES)
    const [first] = askedOf('closed')
    expect(first).toContain('IN SOA -')
    expect(askedOf('closed').filter(query => query.includes('IN SOA +')).length).toBeGreaterThan(ZONES / 2)
  })

  test('never desires it of a server that would look elsewhere', async () => {
    await expectSerials(open)
    await until('all questions in the log', () => askedOf('open').length >= ZONES)
    expect(askedOf('open').filter(query => query.includes('IN SOA +'))).toEqual([])
  })

  test('takes no serial from another view that only questions with recursion reach, and asks it once', async () => {
    await expectSerials(both)
    await until('all questions in the log', () => askedOf('authority').length >= ZONES)
    expect(askedOf('resolver')).toHaveLength(1)
  })
})
