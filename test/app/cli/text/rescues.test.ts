import { describe, expect, it } from 'vitest'
import { printLines } from '../../../../src/app/cli/text/layout/print.ts'
import { printDay } from '../../../../src/app/cli/text/layout/time.ts'
import { discardLines, rescuesLines } from '../../../../src/app/cli/text/rescues.ts'
import type { DiscardDocument, RescueStatus } from '../../../../src/app/contract/index.ts'
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
server  term  ${'saved'.padEnd(DAY.length)}  because            zones  orphans  replayed  state
ns1     3     ${DAY}  higher term heard     20        -         -  discarded
ns1     7     ${DAY}  higher term heard     20        5         2  partly replayed

→ \`baton rescue show ns1 7\`
`)
  })

  it('say what is not known of them, and fit a narrow terminal', () => {
    const cut = { ...STATUS, zonesUnclear: 1, problems: [CUT] }
    expect(list([cut], 50)).toBe(`
server  term  orphans  replayed  state
ns1     7         5+?         2  partly replayed

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
