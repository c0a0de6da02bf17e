import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printRecord } from '../../../src/core/dns/index.ts'
import { readRawRecords } from '../../../src/core/zonefile/index.ts'

const ZONE = `$TTL 60
@ SOA ns hostmaster 1 60 60 600 60
@ NS ns
ns 300 A 192.0.2.53
ns 300 A 192.0.2.54
text TXT "one" "two words"
odd\\032name TYPE65280 \\# 3 010203
`

describe('a raw zone file of named-compilezone', () => {
  let folder: string
  let raw: Uint8Array

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-raw-'))
    writeFileSync(join(folder, 'text'), ZONE)
    execFileSync('named-compilezone', [
      '-F',
      'raw',
      '-o',
      join(folder, 'raw'),
      'z.example',
      join(folder, 'text'),
    ])
    raw = readFileSync(join(folder, 'raw'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('is read record by record', () => {
    const records = readRawRecords(raw)
    if (!records.ok) throw new Error(records.error)
    expect(records.value.map(printRecord).toSorted()).toEqual([
      'ns.z.example. 300 IN A 192.0.2.53',
      'ns.z.example. 300 IN A 192.0.2.54',
      'odd\\032name.z.example. 60 IN TYPE65280 \\# 3 010203',
      'text.z.example. 60 IN TXT "one" "two words"',
      'z.example. 60 IN NS ns.z.example.',
      'z.example. 60 IN SOA ns.z.example. hostmaster.z.example. 1 60 60 600 60',
    ])
  })

  it('is told to be none when it is cut short, or text', () => {
    expect(readRawRecords(raw.subarray(0, raw.length - 1)).ok).toBe(false)
    expect(readRawRecords(new TextEncoder().encode(ZONE)).ok).toBe(false)
    expect(readRawRecords(new Uint8Array()).ok).toBe(false)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.nat(raw.length - 1), fc.nat(255), (at, byte) => {
        const mangled = Uint8Array.from(raw)
        mangled[at] = byte
        expect(typeof readRawRecords(mangled).ok).toBe('boolean')
      }),
      { numRuns: 2000 },
    )
  })
})
