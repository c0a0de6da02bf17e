import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printRdata, RECORD_TYPES, readTxt } from '../../../src/core/dns/index.ts'
import { readJournalChanges } from '../../../src/core/zonefile/index.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

describe('what a journal says was changed', () => {
  let journal: Uint8Array
  let printed: string
  let cleanUp: () => Promise<void>

  beforeAll(async () => {
    const { lab, remove } = await createTemporaryLab({ zones: 1, zonesDynamic: 1 })
    cleanUp = remove
    const [active] = lab.servers
    const script = [
      `server ${active?.dns.address} ${active?.dns.port}`,
      'zone z1.example',
      'update add first.z1.example 60 TXT "one"',
      'send',
      'zone z1.example',
      'update delete first.z1.example TXT',
      'update add second.z1.example 60 MX 10 www.z1.example.',
      'send',
      '',
    ].join('\n')
    execFileSync('nsupdate', ['-k', join(lab.folder, 'keys', 'writer.key')], { input: script })
    const path = join(lab.folder, 'servers', active?.name ?? '', 'var', 'zones', 'z1.example.db.jnl')
    journal = readFileSync(path)
    printed = execFileSync('named-journalprint', [path], { encoding: 'utf8' })
  }, 60_000)

  afterAll(() => cleanUp())

  it('is what the updates said, oldest first, without the SOA', () => {
    const read = readJournalChanges(journal)
    if (!read.ok) throw new Error(read.error)
    const [first, second, ...more] = read.value.changes
    expect(more).toEqual([])
    expect(read.value.complete).toBe(true)
    expect(first?.deleted).toEqual([])
    expect(first?.added).toMatchObject([
      { owner: 'first.z1.example', type: RECORD_TYPES.TXT, class: 1, ttl: 60 },
    ])
    expect(readTxt(first?.added[0]?.rdata ?? new Uint8Array())).toEqual({ ok: true, value: ['one'] })
    expect(second?.from).toBe(first?.to)
    expect(second?.deleted).toEqual(first?.added)
    expect(second?.added.map(({ type, rdata }) => printRdata(type, rdata))).toEqual(['10 www.z1.example.'])
  })

  it('is as much as named-journalprint prints', () => {
    const read = readJournalChanges(journal)
    const lines = printed.split('\n').filter(line => /^(add|del) /.test(line) && !/\tSOA\t/.test(line))
    const ours = read.ok ? read.value.changes.flatMap(({ deleted, added }) => [...deleted, ...added]) : []
    expect(ours).toHaveLength(lines.length)
  })

  it('is what is whole of a journal that was cut short', () => {
    const read = readJournalChanges(journal.subarray(0, journal.length - 3))
    expect(read).toMatchObject({ ok: true, value: { complete: false, changes: [{ deleted: [] }] } })
  })

  it('is never a crash, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.nat(journal.length - 1), fc.nat(255), (at, byte) => {
        const mangled = Uint8Array.from(journal)
        mangled[at] = byte
        expect(typeof readJournalChanges(mangled).ok).toBe('boolean')
      }),
      { numRuns: 2000 },
    )
  })
})
