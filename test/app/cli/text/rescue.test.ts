import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/print.ts'
import { replayLines } from '../../../../src/app/cli/text/replay.ts'
import { rescueFacts, rescueLines } from '../../../../src/app/cli/text/rescue.ts'
import { discardLines, rescuesLines } from '../../../../src/app/cli/text/rescues.ts'
import { printDay } from '../../../../src/app/cli/text/time.ts'
import type {
  DiscardDocument,
  ReplayedOrphan,
  RescueDocument,
  RescueStatus,
} from '../../../../src/app/contract/index.ts'
import type { Failure } from '../../../../src/core/base/index.ts'

/** As this machine's clock shows it. */
const DAY = printDay(Date.parse('2026-01-02T03:04:05Z'))

const CUT: Failure = {
  kind: 'failure',
  code: 'rescue.journal-cut',
  subject: 'a.example',
  because: 'its saved journal was cut short: it is whole up to serial 6',
  remedy: 'What is whole is told; ask the writers what they sent after that.',
}

const STATUS: RescueStatus = {
  server: 'ns1',
  place: '7',
  set: 'default',
  term: 7,
  saved: '2026-01-02T03:04:05Z',
  code: 'guard.higher-term',
  zones: 20,
  orphans: 5,
  replayed: 2,
  zonesUnclear: 0,
  state: 'partly-replayed',
  problems: [],
}

function list(rescues: readonly RescueStatus[], width = 110): string {
  const document = { version: 1, document: 'rescues', fleet: 'lab', rescues, problems: [] } as const
  return `\n${printLines(rescuesLines(document, width), 'no-colour')}`
}

describe('rescues as text', () => {
  it('are a line each, and what to do next', () => {
    const discarded = { ...STATUS, place: '3', state: 'discarded', orphans: 0, replayed: 0 } as const
    expect(list([discarded, STATUS])).toBe(`
server  rescue  ${'saved'.padEnd(DAY.length)}  because            zones  orphans  replayed  state
ns1     3       ${DAY}  higher term heard     20        -         -  discarded
ns1     7       ${DAY}  higher term heard     20        5         2  partly replayed

→ \`baton rescue show ns1 7\`
`)
  })

  it('say what is not known of them, and fit a narrow terminal', () => {
    const cut = { ...STATUS, zonesUnclear: 1, problems: [CUT] }
    expect(list([cut], 50)).toBe(`
server  rescue  orphans  replayed  state
ns1     7           5+?         2  partly replayed

error[rescue.journal-cut] a.example: its saved
    journal was cut short: it is whole up to
    serial 6
  → What is whole is told; ask the writers what
    they sent after that.

→ \`baton rescue show ns1 7\`
`)
  })

  it('are none where nothing was saved', () => {
    expect(list([])).toBe('\nno rescue on any peer\n')
  })
})

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

describe('a replay as text', () => {
  const orphan = (to: number, outcome: ReplayedOrphan['outcome']): ReplayedOrphan => ({
    zone: 'a.example',
    view: '_default',
    from: to - 1,
    to,
    source: 'journal',
    outcome,
  })
  const print = (orphans: readonly ReplayedOrphan[]) =>
    printLines(
      replayLines({ version: 1, document: 'replay', server: 'ns1', place: '7', orphans, problems: [] }, 80),
      'no-colour',
    )

  it('says what became of each', () => {
    expect(`\n${print([orphan(6, 'applied'), orphan(7, 'conflict'), orphan(8, 'applied')])}`).toBe(`
a.example  5 to 6  applied
a.example  6 to 7  in conflict, left
a.example  7 to 8  applied
2 applied; 1 in conflict, left
`)
  })

  it('may have had nothing to do', () => {
    expect(print([])).toBe('nothing to replay\n')
  })
})

describe('a discard as text', () => {
  const DISCARD: DiscardDocument = {
    version: 1,
    document: 'discard',
    server: 'ns1',
    place: '7',
    orphansLeft: 3,
    zonesUnclear: 1,
    discarded: false,
    problems: [],
  }
  const print = (change: Partial<DiscardDocument>) =>
    printLines(discardLines({ ...DISCARD, ...change }, 120), 'no-colour')

  it('says first what is lost', () => {
    expect(print({})).toBe(
      'with the rescue of ns1, term 7, 3 updates are lost that nobody else has; in 1 zone not every one can be counted\n',
    )
    expect(print({ orphansLeft: 0, zonesUnclear: 0 })).toBe(
      'with the rescue of ns1, term 7, no update is lost that is known of\n',
    )
  })

  it('says that it is done', () => {
    expect(print({ discarded: true })).toBe('rescue of ns1, term 7, is discarded\n')
  })
})
