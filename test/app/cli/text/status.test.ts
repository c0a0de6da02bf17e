import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { statusLines } from '../../../../src/app/cli/text/status.ts'
import { zoneLines } from '../../../../src/app/cli/text/zones.ts'
import type { ServerStatus, StatusDocument, VerdictStatus } from '../../../../src/app/contract/index.ts'

process.env['TZ'] = 'UTC'

const TAKEN = Date.parse('2026-11-22T12:10:00Z')

function peer(server: string, role: 'active' | 'standby'): ServerStatus {
  return {
    server,
    kind: 'peer',
    group: null,
    managed: true,
    roles: { default: role },
    seen: true,
    fenced: null,
    bind: '9.18.49-1~deb12u1-Debian',
    zones: { expected: 200, loaded: 200, current: 200 },
    frozenUnasked: role === 'active' ? 0 : null,
  }
}

const SECONDARY: ServerStatus = { ...peer('e1', 'standby'), kind: 'secondary', group: 'east', roles: {} }

const WELL: StatusDocument = {
  version: 1,
  document: 'status',
  fleet: 'example',
  taken: TAKEN,
  elapsedMs: 41,
  well: true,
  sets: [
    { set: 'default', active: 'ns1', term: 7, since: '2026-11-22T12:07:00Z', zones: 200, silentActive: null },
  ],
  servers: [peer('ns1', 'active'), peer('ns2', 'standby'), SECONDARY],
  verdicts: [],
}

function unloaded(subject: string, zones: readonly string[]): VerdictStatus {
  return {
    code: 'snapshot.zones-unloaded',
    severity: 'problem',
    subject,
    because: `${zones.length} zones not loaded, answering SERVFAIL`,
    remedy: 'Look at the log of named.',
    zones,
    since: TAKEN - 120_000,
  }
}

function print(status: StatusDocument, width: number): string {
  return `\n${printLines(statusLines(status, width), 'no-colour')}`
}

describe('status as text', () => {
  it('says in one screen that all is well', () => {
    expect(print(WELL, 80)).toBe(`
example  ns1 is active, term 7, since 2026-11-22 12:07:00 UTC (3 min ago)

server  kind  role     BIND      loaded  current
ns1     peer  active   9.18.49  200/200  200/200
ns2     peer  standby  9.18.49  200/200  200/200
e1      east  -        9.18.49  200/200  200/200

all well: 3 servers, 200 zones, seen in 41 ms
`)
  })

  it('names the active that is silent, where its state file tells', () => {
    const set = { set: 'default', active: null, term: 7, since: null, zones: 200, silentActive: 'ns1' }
    const silent = WELL.servers.map(server => ({ ...server, seen: server.server !== 'ns1' }))
    const text = print({ ...WELL, sets: [set], servers: silent }, 80)
    expect(text).toContain('example  ns1 was active (term 7) and does not answer')
    // One that answers, and not with its marker, is not gone.
    expect(print({ ...WELL, sets: [set] }, 80)).toContain(
      'ns1 was active (term 7) and does not tell its role',
    )
    expect(text).not.toContain('unknown')
  })

  it('keeps its columns at 40, and leaves out the least of them', () => {
    expect(print(WELL, 40)).toBe(`
example  ns1 is active, term 7, since
         2026-11-22 12:07:00 UTC (3 min
         ago)

server  kind  role      loaded  current
ns1     peer  active   200/200  200/200
ns2     peer  standby  200/200  200/200
e1      east  -        200/200  200/200

all well: 3 servers, 200 zones, seen in
  41 ms
`)
  })

  it('shows what is not known as unknown, and never as well', () => {
    const silent: ServerStatus = {
      ...peer('ns1', 'active'),
      roles: { default: 'unknown' },
      seen: false,
      fenced: null,
      bind: null,
      zones: { expected: 200, loaded: 0, current: 0 },
    }
    const status: StatusDocument = {
      ...WELL,
      well: false,
      sets: [{ set: 'default', active: null, term: 7, since: null, zones: 200, silentActive: null }],
      servers: [silent, peer('ns2', 'standby')],
      verdicts: [
        {
          code: 'snapshot.server-unseen',
          severity: 'problem',
          subject: 'ns1',
          because: 'no answer within 2 s',
          remedy: 'See whether named runs there.',
          zones: [],
          since: TAKEN,
        },
      ],
    }
    expect(print(status, 80)).toBe(`
example  active unknown, newest term 7

server  kind  role     BIND      loaded  current
ns1     peer  unknown  unknown    ?/200    ?/200
ns2     peer  standby  9.18.49  200/200    ?/200

problem[snapshot.server-unseen] ns1: no answer within 2 s
  → See whether named runs there.

not well: 2 servers, 200 zones, seen in 41 ms
`)
  })

  it('tells what is alike once, with how long it has been seen', () => {
    const verdicts = [unloaded('ns2', ['z1.example']), unloaded('e1', ['z2.example'])]
    expect(print({ ...WELL, well: false, verdicts }, 80)).toContain(`
problem[snapshot.zones-unloaded] ns2, e1: 1 zones not loaded, answering SERVFAIL
    (for 2 min)
  → Look at the log of named.
`)
  })

  it('tells what passes by itself in one line for all servers, without a remedy', () => {
    const passing = (subject: string): VerdictStatus => ({
      ...unloaded(subject, ['z1.example']),
      code: 'snapshot.serials-behind',
      severity: 'notice',
      because: 'catching up',
      remedy: `refresh on ${subject}`,
      since: TAKEN - (subject === 'ns2' ? 40_000 : 1000),
    })
    expect(print({ ...WELL, verdicts: ['ns2', 'e1'].map(passing) }, 100)).toContain(`
e1      east  -        9.18.49  200/200  200/200

notice[snapshot.serials-behind] ns2, e1: catching up

well, with notices: 3 servers, 200 zones, seen in 41 ms
`)
  })

  it('names each set with several, and each set that a peer is active for', () => {
    const [first] = WELL.sets
    if (first === undefined) throw new Error('no set')
    const two = { ...peer('ns1', 'active'), roles: { blue: 'active', green: 'standby' } as const }
    const status = {
      ...WELL,
      sets: [
        { ...first, set: 'blue' },
        { ...first, set: 'green', active: 'ns2' },
      ],
      servers: [two, peer('ns2', 'standby')],
    }
    const text = print(status, 100)
    expect(text).toContain('example  blue: ns1 is active')
    expect(text).toContain('\n         green: ns2 is active')
    expect(text).toContain('blue active, green standby')
  })
})

describe('zones that differ', () => {
  it('are listed by server, and wrapped', () => {
    const status = { ...WELL, verdicts: [unloaded('ns2', ['z1.example', 'z2.example', 'z3.example'])] }
    expect(`\n${printLines(zoneLines(status, 32), 'no-colour')}`).toBe(`

zones that differ
  ns2  snapshot.zones-unloaded  3
    z1.example  z2.example
    z3.example
`)
  })

  it('are said not to be there', () => {
    expect(printLines(zoneLines(WELL, 80), 'no-colour')).toBe('\nno zone differs\n')
  })
})
