import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainName, SharedKey } from '../../../src/core/base/index.ts'
import { querySerials } from '../../../src/io/net/index.ts'
import { until } from '../../support/until.ts'
import { keyStatement, Named, testKey } from './named.ts'

/** More than are in flight before the first answer is there. */
const ZONES = 1_000
const closed = testKey('closed')
const open = testKey('open')
const zones = Array.from({ length: ZONES }, (_, index) => `z${index}.example` as DomainName)

let named: Named

beforeAll(async () => {
  const view = (key: SharedKey, options: string): string => `view "${key.name}" {
    match-clients { key ${key.name}; }; ${options}
    ${zones.map(zone => `zone "${zone}" { type primary; file "z.db"; };`).join('\n')}
  };`
  named = await Named.start({
    options: 'querylog yes;',
    configuration: `${keyStatement(closed)} ${keyStatement(open)}
      ${view(closed, 'recursion no;')}
      ${view(open, 'recursion yes; allow-recursion { any; };')}`,
    files: { 'z.db': '$TTL 60\n@ SOA ns hostmaster 5 60 60 600 60\n@ NS ns.example.\n' },
  })
})

afterAll(() => named.stop())

/** Of each question in named's log, whether recursion was desired. */
async function desires(key: SharedKey): Promise<readonly boolean[]> {
  const serials = await querySerials(named.endpoint, zones, { key })
  expect([...serials.values()].every(serial => serial.ok && serial.value === 5)).toBe(true)
  const asked = (): readonly string[] =>
    named.log.split('\n').flatMap(line => line.split(`view ${key.name}: query: `)[1] ?? [])
  await until('all questions in the log', () => asked().length === ZONES)
  return asked().map(query => / IN SOA \+/.test(query))
}

describe('querySerials', () => {
  test('desires recursion once it knows that the server has none to give', async () => {
    const [first, ...others] = await desires(closed)
    expect(first).toBe(false)
    expect(others.at(-1)).toBe(true)
    expect(others.filter(desired => desired).length).toBeGreaterThanOrEqual(ZONES / 2)
  })

  test('never desires it of a server that would look elsewhere', async () => {
    expect(await desires(open)).not.toContain(true)
  })
})
