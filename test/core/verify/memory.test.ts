import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DomainName, Serial } from '../../../src/core/base/index.ts'
import type { SeenZone, Snapshot } from '../../../src/core/snapshot/index.ts'
import {
  believe,
  type EqualCopy,
  MEMORY_NONE,
  parseMemory,
  printMemory,
  remember,
} from '../../../src/core/verify/index.ts'

const NOW = Date.UTC(2026, 0, 1)
const LOADED = NOW - 60_000
const DIGEST = 'ab'.repeat(48)
const MEASURE = { active: 'ns1', term: 3 }
const ZONE = 'a.example'

type Copy = Partial<Pick<SeenZone, 'serial' | 'loadTime'>>

/** Servers that all hold one zone, at serial 5 and loaded a minute ago, unless said otherwise. */
function seen(copies: Readonly<Record<string, Copy | 'silent'>>): Snapshot {
  const servers = Object.entries(copies).map(([server, copy]) => {
    const zone: SeenZone = {
      name: ZONE as DomainName,
      view: '_default',
      type: 'secondary',
      serial: 5 as Serial,
      loadTime: LOADED,
      expires: undefined,
      ...(copy === 'silent' ? {} : copy),
    }
    const failure = {
      kind: 'failure',
      code: 'net.timeout',
      subject: server,
      because: 'silence',
      remedy: '',
    } as const
    const zones =
      copy === 'silent'
        ? ({ ok: false, error: failure } as const)
        : ({ ok: true, value: { source: 'statistics', time: NOW, zones: new Map([[ZONE, zone]]) } } as const)
    const rest = { named: undefined, markers: new Map(), files: undefined, preflight: undefined }
    return [server, { server, zones, ...rest }] as const
  })
  return { taken: NOW, elapsedMs: 1, servers: new Map(servers) }
}

function equal(server: string, serial = 5): EqualCopy {
  return { server, zone: ZONE, serial: serial as Serial, digest: DIGEST }
}

const WELL = seen({ ns1: {}, ns2: {}, e1: {} })
const REMEMBERED = remember(MEASURE, [equal('ns2'), equal('e1')], WELL)

/** The servers whose copy is believed. */
function believedOf(snapshot: Snapshot, measure = MEASURE): string[] {
  return [...believe(REMEMBERED, measure, snapshot)]
    .filter(([, contents]) => contents.get(ZONE)?.digest === DIGEST)
    .map(([server]) => server)
}

describe('a copy is believed', () => {
  test('while nothing has changed', () => {
    expect(believedOf(WELL)).toEqual(['ns1', 'ns2', 'e1'])
  })

  test.each<[string, Copy | 'silent']>([
    ['after an update', { serial: 6 as Serial }],
    ['after its serial went back', { serial: 4 as Serial }],
    ['after a restart, a reload, a transfer or a change of type', { loadTime: LOADED + 1000 }],
    ['after its server’s clock went back', { loadTime: LOADED - 1000 }],
    ['when it is not loaded', { serial: undefined }],
    ['when its load time is not to be seen', { loadTime: undefined }],
    ['when its server does not answer', 'silent'],
  ])('no more %s; the others are', (_, copy) => {
    expect(believedOf(seen({ ns1: {}, ns2: {}, e1: copy }))).toEqual(['ns1', 'ns2'])
    expect(believedOf(seen({ ns1: copy, ns2: {}, e1: {} }))).toEqual(['ns2', 'e1'])
  })

  test.each([
    ['another server is active', { active: 'ns2', term: 4 }],
    ['it is active in a later term', { active: 'ns1', term: 4 }],
    ['terms went back', { active: 'ns1', term: 2 }],
  ])('of nobody when %s', (_, measure) => {
    expect(believedOf(WELL, measure)).toEqual([])
  })
})

describe('a copy is not remembered', () => {
  test.each<[string, Copy]>([
    ['whose content was at another serial than was seen before', { serial: 4 as Serial }],
    ['that was loaded so lately that a second load could have the same time', { loadTime: NOW - 1000 }],
    ['without a load time', { loadTime: undefined }],
  ])('%s', (_, copy) => {
    const own = remember(MEASURE, [equal('ns2'), equal('e1')], seen({ ns1: {}, ns2: {}, e1: copy }))
    expect([...(own.zones.get(ZONE)?.copies.keys() ?? [])]).toEqual(['ns1', 'ns2'])
    const active = remember(MEASURE, [equal('ns2'), equal('e1')], seen({ ns1: copy, ns2: {}, e1: {} }))
    expect(active.zones.size).toBe(0)
  })
})

describe('the text of a memory', () => {
  const memory = new Map([['default', REMEMBERED]])
  const text = printMemory('lab', memory)

  test('is read back as it was', () => {
    expect(parseMemory('lab', text)).toEqual(memory)
  })

  test('says nothing to another fleet, or in another version', () => {
    expect(parseMemory('other', text)).toBe(MEMORY_NONE)
    expect(parseMemory('lab', text.replace('"version":1', '"version":2'))).toBe(MEMORY_NONE)
  })

  test.each([
    ['a serial of 33 bits', '"serial":5', '"serial":4294967296'],
    ['a digest that is none', DIGEST, 'abc'],
    ['a time that is none', String(LOADED), '"yesterday"'],
    ['a term that is none', '"term":3', '"term":-1'],
  ])('says nothing with %s', (_, right, wrong) => {
    expect(text).toContain(right)
    expect(parseMemory('lab', text.replace(right, wrong))).toBe(MEMORY_NONE)
  })

  test('says nothing, and throws nothing, wherever it is cut or whatever it is', () => {
    for (let length = 0; length < text.length - 1; length++)
      expect(parseMemory('lab', text.slice(0, length))).toBe(MEMORY_NONE)
    fc.assert(
      fc.property(fc.jsonValue(), sets => {
        parseMemory('lab', JSON.stringify({ version: 1, fleet: 'lab', sets }))
      }),
    )
  })
})
