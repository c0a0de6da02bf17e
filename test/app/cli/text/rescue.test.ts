import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { printDay } from '../../../../src/app/cli/text/layout/time.ts'
import { rescueFacts, rescueLines } from '../../../../src/app/cli/text/rescue.ts'
import type { RescueDocument } from '../../../../src/app/contract/index.ts'
import type { Failure } from '../../../../src/core/base/index.ts'

/** As this machine's clock shows it. */
const DAY = printDay(Date.parse('2026-01-02T03:04:05Z'))

const CUT: Failure = {
  kind: 'failure',
  code: 'rescue.journal-cut',
  subject: 'c.example',
  because: 'its saved journal was cut short: it is whole up to serial 6',
  remedy: 'What is whole is told.',
}

describe('a rescue as text', () => {
  const RESCUE: RescueDocument = {
    version: 1,
    document: 'rescue',
    server: 'ns1',
    place: '7',
    set: 'default',
    term: 7,
    saved: '2026-01-02T03:04:05Z',
    code: 'guard.higher-term',
    zones: [
      {
        zone: 'a.example',
        view: 'inside',
        active: 'ns2',
        fork: 5,
        forkKnown: 'recorded',
        keys: ['writer'],
        orphans: [
          {
            from: 5,
            to: 6,
            source: 'journal',
            verdict: 'applies',
            deleted: [],
            added: ['b.a.example. 60 IN A 192.0.2.1'],
            obstacles: [],
          },
          {
            from: 6,
            to: 7,
            source: 'journal',
            verdict: 'conflict',
            deleted: ['c.a.example. 60 IN A 192.0.2.2'],
            added: [],
            obstacles: [
              {
                owner: 'c.a.example',
                type: 'A',
                because: 'it was changed on the active since the fork',
                now: ['c.a.example. 60 IN A 192.0.2.3'],
              },
            ],
          },
        ],
        troubles: [],
      },
    ],
    nsupdate: [],
    problems: [],
  }

  it('shows what each orphan did, and what stands in its way', () => {
    expect(`\n${printLines(rescueLines(RESCUE, 80), 'no-colour')}`).toBe(`
rescue of ns1, term 7, saved ${DAY} (higher term heard)

a.example in view inside  2 orphans, forked at 5, against ns2 now
  5 to 6  applies
    + b.a.example. 60 IN A 192.0.2.1
  6 to 7  in conflict
    - c.a.example. 60 IN A 192.0.2.2
    c.a.example A: it was changed on the active since the fork
      now c.a.example. 60 IN A 192.0.2.3

→ \`baton rescue apply ns1 7\` replays what applies.
→ What is in conflict, or not known, is never replayed: decide yourself, and use
  nsupdate.
`)
  })

  it('counts the zones without an orphan, and shows a trouble in one', () => {
    const [zone] = RESCUE.zones
    if (zone === undefined) expect.fail('it has one')
    const empty = { ...zone, zone: 'b.example', orphans: [] }
    const zones = [zone, empty, empty, { ...empty, zone: 'c.example', troubles: [CUT] }]
    const text = printLines(rescueFacts({ ...RESCUE, zones }, 100), 'no-colour')
    expect(text).not.toContain('b.example')
    expect(text).toContain('c.example in view inside  0 orphans')
    expect(text).toContain('\n2 zones more without an orphan\n')
    expect(text).not.toContain('baton rescue apply')
  })

  it('without orphans can be thrown away', () => {
    const text = printLines(rescueLines({ ...RESCUE, zones: [] }, 100), 'no-colour')
    expect(text).toContain('no orphans: everything that was saved had come over')
    expect(text).toContain('`baton rescue discard ns1 7`')
  })
})
