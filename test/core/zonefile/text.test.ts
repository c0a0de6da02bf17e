import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTextSerial } from '../../../src/core/zonefile/text.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** The whole file as its head. */
const read = (text: string) => readTextSerial({ bytes: encode(text), size: encode(text).length })

/** The first bytes of a file that goes on. */
const readCut = (text: string) => readTextSerial({ bytes: encode(text), size: 1_000_000 })

describe('the serial in the head of a text zone file', () => {
  it.each([
    ['on one line', '@ IN SOA ns host 7 1 1 1 1\n'],
    ['without a final line end', '@ IN SOA ns host 7'],
    [
      'as named writes it',
      '$ORIGIN .\n$TTL 300\t; 5 minutes\nz\t\tIN SOA\tns.z. host.z. (\n\t\t\t\t7 ; serial\n',
    ],
    ['with class and TTL in either order', '@ 1h30m IN SOA ns host 7 1 1 1 1\n'],
    ['with TTL after the class', '@ IN 300 SOA ns host 7 1 1 1 1\n'],
    ['without class and TTL, in lower case', '@ soa ns host 7 1 1 1 1\n'],
    ['with the owner of the line before', '$ORIGIN z.\n@ NS ns\n IN SOA ns host 7 1 1 1 1\n'],
    ['after other records', 'ns A 127.0.0.1\n@ TXT "SOA ; (" "a\\"b"\n@ SOA ns host 7 1 1 1 1\n'],
    ['with parentheses and comments all over', '@ IN SOA ( ns ; the ( server\n host ) (\n;8\n7 ) 1 1 1 1\n'],
    ['with parentheses that touch words', '@ IN SOA ns host(7 1 1 1 1)\n'],
    ['with carriage returns', '; made elsewhere\r\n\r\n@ IN SOA ns host (\r\n7\r\n1 1 1 1 )\r\n'],
    ['of a zone whose name is SOA', 'SOA IN SOA ns host 7 1 1 1 1\n'],
    ['with an escaped name', 'a\\ b\\; IN SOA ns host\\.me 7 1 1 1 1\n'],
    ['after records that are generated', '$GENERATE 1-9 h$ A 127.0.0.$\n@ SOA ns host 7 1 1 1 1\n'],
  ])('%s', (_, text) => {
    expect(read(text)).toEqual({ kind: 'serial', serial: 7 })
  })

  it.each([
    ['the head ends before the SOA', '; a long licence\n'],
    ['the head ends within the serial, of which more may follow', '@ IN SOA ns host 7'],
    ['the head ends within a quoted string', '@ IN TXT "SOA ns host 7 1 1 1 1\n'],
    ['an $INCLUDE may hold the SOA', '$INCLUDE soa.inc\n@ IN SOA ns host 7 1 1 1 1\n'],
    ['a directive is not known', '$DATE 20260101000000\n@ IN SOA ns host 7 1 1 1 1\n'],
  ])('is not told when %s', (_, text) => {
    expect(readCut(text)).toEqual({ kind: 'beyond' })
  })

  it.each([
    ['no SOA at all', '@ NS ns\n', 'no SOA record'],
    ['an empty file', '', 'no SOA record'],
    ['an SOA without a serial', '@ SOA ns host\n@ NS ns\n', 'no SOA record'],
    ['a serial that is none', '@ SOA ns host 4294967296 1 1 1 1\n', '"4294967296" where the serial'],
    ['a hexadecimal serial', '@ SOA ns host 0x7 1 1 1 1\n', '"0x7" where the serial'],
    ['a raw file', '\0\0\0\u0002\0\0\0\u0001', 'raw format'],
  ])('is not there in %s', (_, text, because) => {
    const found = read(text)
    expect(found.kind === 'malformed' && found.because).toContain(because)
  })

  it('is the same however the SOA is laid out', () => {
    const blank = fc.constantFrom(' ', '\t', ' ; comment ( " \n ', '\n', '\r\n ', ' ( ', ' ) ( ')
    fc.assert(
      fc.property(
        fc.nat(0xffffffff),
        fc.array(blank, { minLength: 2, maxLength: 2 }),
        (serial, [one, two]) => {
          const text = `@ 300 IN SOA ( ns${one} host ${two} ${serial} 1 1 1 1 )\n`
          expect(read(text)).toEqual({ kind: 'serial', serial })
        },
      ),
    )
  })

  it('never changes its mind when more of the file is read', () => {
    const text =
      '; comment\n$TTL 300\n@ NS ns\n@ IN SOA ns host (\n 1234567 ; serial\n 1 1 1 1 )\n@ TXT "x"\n'
    for (let length = 0; length < text.length; length++) {
      const found = readCut(text.slice(0, length))
      if (found.kind !== 'beyond') expect(found).toEqual({ kind: 'serial', serial: 1234567 })
    }
  })

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(600), (bytes, size) => {
        expect(['serial', 'beyond', 'malformed']).toContain(readTextSerial({ bytes, size }).kind)
      }),
    )
  })
})
