import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OWN_STANDINGS, type OwnStanding } from '../../../src/core/guard/index.ts'
import { OWN_TERM } from './answering-peers.ts'
import { type GuardedServer, SHELLS } from './guarded-server.ts'
import { useGuardedServers } from './use-guarded-servers.ts'

const SINCE = '2026-01-02T03:04:05Z'
const HIGHER = String(OWN_TERM + 1)

const layAmongPeers = useGuardedServers()

describe.each(SHELLS)('an order under %s, while named does not run', shell => {
  test.each(['active', 'standby'] as const)(
    '%s: saved, emptied, standby in the term it is told',
    async own => {
      const server = lay(own)
      const order = ['step-down', 'default', HIGHER, SINCE]
      const { exit, output } = await server.run(shell, ...order)
      expect([exit, output]).toEqual([
        0,
        `step-down: set default standby because guard.ordered; own ${own} term ${OWN_TERM}; ` +
          `heard baton=${HIGHER}; saved 3 files in rescue/${OWN_TERM}\n`,
      ])
      expect(readdirSync(join(server.folder, 'var'))).toEqual([])
      for (const line of ['role.default=standby', `term.default=${HIGHER}`, `since.default=${SINCE}`])
        expect(server.read('etc/baton/state').split('\n')).toContain(line)
      expect(server.read('etc/baton/marker/standby.db')).toContain(`"term=${HIGHER}"`)
      expect(server.read('etc/named.conf')).toBe(server.read('etc/named.standby.conf'))
      const again = await server.run(shell, ...order)
      expect(again.output).toContain('nothing was left to save')
      expect(again.exit).toBe(0)
      expect(readdirSync(join(server.folder, 'etc/baton/rescue'))).toEqual([String(OWN_TERM)])
    },
  )

  test.each([
    { own: 'active', term: String(OWN_TERM), because: 'guard.order-refused' },
    { own: 'standby', term: String(OWN_TERM - 1), because: 'guard.order-refused' },
    ...OWN_STANDINGS.filter(own => own.startsWith('state-')).map(own => ({
      own,
      term: HIGHER,
      because: `guard.${own}`,
    })),
  ] as const)('$own refuses term $term: $because', async ({ own, term, because }) => {
    const server = lay(own)
    const { exit, output } = await server.run(shell, 'step-down', 'default', term, SINCE)
    expect([exit, output]).toEqual([1, expect.stringContaining(`refused because ${because};`)])
    expectUntouched(server)
  })

  test('refuses a zone set that it has not', async () => {
    const server = lay('active')
    const { exit, output } = await server.run(shell, 'step-down', 'another', HIGHER, SINCE)
    expect([exit, output]).toEqual([1, expect.stringContaining('because guard.order-refused;')])
    expectUntouched(server)
  })

  test.each([
    ['step-down'],
    ['step-down', 'default', 'eight', SINCE],
    ['step-down', 'default', HIGHER, 'yesterday'],
    ['step-down', 'default', HIGHER, `${SINCE}"; rm -rf /`],
    ['step-down', 'default', '-1', SINCE],
    ['step-down', 'default', '99999999999999999999', SINCE],
    ['boot', 'now'],
    ['nonsense'],
    [],
  ])('says how it is called: %s %s %s %s', async (...words) => {
    const server = lay('active')
    const { exit, output } = await server.run(shell, ...words)
    expect([exit, output]).toEqual([64, expect.stringContaining('usage: guard')])
    expectUntouched(server)
  })

  test('refuses while it can’t tell whether named runs', async () => {
    const server = lay('active')
    writeFileSync(join(server.folder, 'etc/baton/guard.rndc'), 'nonsense\n')
    const { exit, output } = await server.run(shell, 'step-down', 'default', HIGHER, SINCE)
    expect([exit, output]).toEqual([1, expect.stringContaining('because guard.control-failed;')])
    expectUntouched(server)
  })
})

function lay(own: OwnStanding): GuardedServer {
  return layAmongPeers({ own, answers: ['confirms'] })
}

function expectUntouched(server: GuardedServer): void {
  expect(readdirSync(join(server.folder, 'var'))).toHaveLength(3)
  expect(server.read('etc/named.conf')).toContain('active.db')
}
