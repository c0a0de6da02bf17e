import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDiskSerial } from '../../../src/core/zonefile/index.ts'
import { readJournalHead } from '../../../src/core/zonefile/journal.ts'

const whole = (bytes: Uint8Array) => ({ bytes, size: bytes.length })
const zone = (serial: number) => whole(new TextEncoder().encode(`@ IN SOA ns host ${serial} 1 1 1 1\n`))

type Positions = { begin: number; end: number; endOffset?: number; format?: string }

function journal({ begin, end, endOffset = 64, format = ';BIND LOG V9.2\n' }: Positions) {
  const bytes = new Uint8Array(64)
  bytes.set(new TextEncoder().encode(format))
  const view = new DataView(bytes.buffer)
  view.setUint32(16, begin)
  view.setUint32(20, 60)
  view.setUint32(24, end)
  view.setUint32(28, endOffset)
  return whole(bytes)
}

const read = (file: ReturnType<typeof zone> | undefined, log?: ReturnType<typeof zone>) =>
  readDiskSerial({ file, journal: log, format: 'text' })

describe('the serial at which named would load a zone', () => {
  it('is the serial of the file where there is no journal, or an empty one', () => {
    expect(read(zone(7))).toEqual({ kind: 'serial', serial: 7 })
    expect(read(zone(7), journal({ begin: 0, end: 0, endOffset: 60 }))).toEqual({ kind: 'serial', serial: 7 })
  })

  it.each([';BIND LOG V9\n', ';BIND LOG V9.2\n'])('is the end of the journal %j', format => {
    expect(read(zone(7), journal({ begin: 5, end: 9, format }))).toEqual({ kind: 'serial', serial: 9 })
  })

  it('is the end of a journal that crosses the wrap', () => {
    const log = journal({ begin: 4_294_967_290, end: 3 })
    for (const serial of [4_294_967_290, 4_294_967_295, 0, 3])
      expect(read(zone(serial), log)).toEqual({ kind: 'serial', serial: 3 })
  })

  it('is unknown when the journal does not fit the file', () => {
    for (const serial of [4, 10, 2 ** 31 + 7])
      expect(read(zone(serial), journal({ begin: 5, end: 9 }))).toMatchObject({
        kind: 'unreadable',
        because: `its journal leads from 5 to 9 and does not fit its file at ${serial}`,
      })
  })

  it('is unknown when the journal lost its end, is something else, or has no file', () => {
    for (const log of [
      journal({ begin: 5, end: 9, endOffset: 65 }),
      journal({ begin: 5, end: 9, format: ';BIND LOG V10\n' }),
      zone(7),
      whole(new Uint8Array()),
    ])
      expect(read(zone(7), log).kind).toBe('unreadable')
    expect(read(undefined, journal({ begin: 5, end: 9 })).kind).toBe('unreadable')
  })

  it('is nowhere when there is neither file nor journal', () => {
    expect(read(undefined)).toEqual({ kind: 'absent' })
  })

  it('is not told from a journal alone when the head of the file does not show its own', () => {
    const file = { bytes: new TextEncoder().encode('; licence\n'), size: 5000 }
    expect(read(file, journal({ begin: 5, end: 9 }))).toEqual({ kind: 'beyond' })
  })

  it('takes any bytes for a journal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(200), (bytes, size) => {
        expect(['journal', 'empty', 'malformed']).toContain(readJournalHead({ bytes, size }).kind)
      }),
    )
  })
})
