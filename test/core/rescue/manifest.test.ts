import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseManifest,
  parseReplayRecord,
  printReplayed,
  REPLAY_HEAD,
} from '../../../src/core/rescue/index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

const MANIFEST = `version=1
fleet=lab
server=ns1
set=default
term=7
term-learned=8
saved=2026-01-02T03:04:05Z
code=guard.higher-term
zone=a.example\t_default\t/var/a.db\t/var/a.db.jnl
zone=a.example\tinside\t/var/in/a.db\t/var/in/a.db.jnl
`

describe('a manifest', () => {
  it('says whose files were saved, when and why', () => {
    expect(parseManifest(bytes(MANIFEST))).toMatchObject({
      ok: true,
      value: {
        set: 'default',
        term: 7,
        code: 'guard.higher-term',
        zones: [
          { name: 'a.example', view: '_default', file: '/var/a.db' },
          { view: 'inside', journal: '/var/in/a.db.jnl' },
        ],
      },
    })
  })

  it('may not know the term', () => {
    const unknown = bytes(MANIFEST.replace('term=7', 'term=unknown').replace('set=default', 'set=*'))
    expect(parseManifest(unknown)).toMatchObject({ ok: true, value: { term: undefined, set: '*' } })
  })

  it.each([
    ['', 'its version is not 1'],
    [MANIFEST.replace('term=7', 'term='), 'its term is no number'],
    [MANIFEST.replace('set=default', 'set='), 'it does not say "set"'],
    [
      MANIFEST.replace('/var/a.db\t', '/var/../../etc/shadow\t'),
      'its line for the zone "a.example" is damaged',
    ],
    [MANIFEST.replace('\t/var/a.db\t', '\tvar/a.db\t'), 'its line for the zone "a.example" is damaged'],
    [MANIFEST.slice(0, -20), 'its line for the zone "a.example" is damaged'],
  ])('that is wrong says how: %#', (text, because) => {
    expect(parseManifest(bytes(text))).toEqual({ ok: false, error: because })
  })

  it('never throws, whatever the bytes', () => {
    const junk = fc.tuple(fc.nat(MANIFEST.length), fc.uint8Array({ maxLength: 60 }))
    fc.assert(
      fc.property(junk, ([at, middle]) => {
        const spoilt = Buffer.concat([bytes(MANIFEST.slice(0, at)), middle, bytes(MANIFEST.slice(at))])
        expect(typeof parseManifest(spoilt).ok).toBe('boolean')
        parseReplayRecord(spoilt)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the record of a replay', () => {
  const act = { at: '2026-01-02T03:04:05Z', by: 'ada@desk' }

  it('gives back what was replayed, and leaves out a line that was torn', () => {
    const line = printReplayed('a.example', '5-6', act)
    const text = `${REPLAY_HEAD}${line}${printReplayed('a.example', '6-7', act).slice(0, -30)}`
    const record = parseReplayRecord(bytes(text))
    expect(record?.replayed.get('a.example')).toEqual(new Set(['5-6']))
    expect(record?.discarded).toBeUndefined()
  })

  it('is nothing where its first line is not there', () => {
    expect(parseReplayRecord(bytes('replayed=a\tb\tc\td\n'))).toBeUndefined()
  })
})
