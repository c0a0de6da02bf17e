import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DiskSerial } from '../../../src/core/zonefile/index.ts'
import { diskSerials, localHost } from '../../../src/io/hosts/index.ts'
import { until } from '../../support/until.ts'
import { startZoneServer, type ZoneServer } from './zone-server.ts'

const run = promisify(execFile)

const LICENCE_BYTES = 100_000
const FIRST_SERIAL = 101

const zoneText = (head = '') =>
  `${head}$TTL 300\n@ IN SOA ns host ( ${FIRST_SERIAL} ; serial\n 3600 600 86400 300 )\n NS ns\nns A 127.0.0.1\n`

const ZONES = `
zone "text.example" { type primary; file "text.db"; masterfile-format text; allow-update { any; }; };
zone "raw.example" { type primary; file "raw.db"; masterfile-format raw; allow-update { any; }; };
zone "small.example" { type primary; file "small.db"; allow-update { any; }; max-journal-size 2k; };
zone "signed.example" {
  type primary; file "signed.db"; masterfile-format raw; allow-update { any; };
  dnssec-policy default; key-directory "keys";
};
zone "inline.example" {
  type primary; file "inline.db"; dnssec-policy default; inline-signing yes; key-directory "keys";
};
zone "licence.example" { type primary; file "licence.db"; allow-update { any; }; journal "elsewhere.jnl"; };
`

describe('the serials on disk of what named writes', () => {
  const host = localHost('ns1')
  let server: ZoneServer

  beforeAll(async () => {
    const files = new Map(
      ['text.db', 'small.db', 'raw.txt', 'inline.db'].map(name => [name, zoneText()] as const),
    )
    files.set('licence.db', zoneText(`; ${'licence '.repeat(8)}\n`.repeat(LICENCE_BYTES / 64)))
    server = await startZoneServer('', files)
    await mkdir(join(server.folder, 'keys'))
    for (const name of ['raw', 'signed'])
      await run('named-compilezone', compile(name, join(server.folder, 'raw.txt')), { cwd: server.folder })
    const configuration = join(server.folder, 'named.conf')
    await writeFile(configuration, (await readFile(configuration, 'utf8')) + ZONES)
    await server.rndc('reconfig')
    for (const zone of ['text', 'raw', 'small', 'signed', 'inline', 'licence'])
      await until(`${zone} is loaded`, async () => (await server.serial(`${zone}.example`)) > 0)
  })
  afterAll(() => server.close())

  const compile = (name: string, source: string) =>
    ['-q', '-F', 'raw', '-o', `${name}.db`, `${name}.example`, source] as const

  type Files = { file?: string; journal?: string; format?: 'text' | 'raw' }

  async function onDisk(name: string, files: Files = {}): Promise<DiskSerial | undefined> {
    const { file = `${name}.db`, journal = `${file}.jnl`, format = 'text' } = files
    const zone = { id: name, name: `${name}.example`, file, journal, format }
    const serials = await diskSerials(host, { folder: server.folder, zones: [zone] })
    if (!serials.ok) throw new Error(serials.error.because)
    return serials.value.get(name)
  }

  async function expectDiskAsServed(name: string, files: Files = {}): Promise<void> {
    await until(`${name} on disk is as served`, async () => {
      const serial = await server.serial(`${name}.example`)
      expect(await onDisk(name, files)).toEqual({ kind: 'serial', serial })
      return true
    })
  }

  it.each(['text', 'raw'] as const)('are right in %s, loaded, updated, synced and frozen', async format => {
    expect(await onDisk(format, { format })).toEqual({ kind: 'serial', serial: FIRST_SERIAL })
    await server.update(`${format}.example`, ['a', 'b', 'c'])
    expect(await onDisk(format, { format })).toEqual({ kind: 'serial', serial: FIRST_SERIAL + 3 })
    await server.rndc('sync', `${format}.example`)
    await expectDiskAsServed(format, { format })
    await server.rndc('freeze', `${format}.example`)
    await expectDiskAsServed(format, { format })
    await server.rndc('thaw', `${format}.example`)
    await server.update(`${format}.example`, ['d'])
    expect(await onDisk(format, { format })).toEqual({ kind: 'serial', serial: FIRST_SERIAL + 4 })
    await server.rndc('sync', '-clean', `${format}.example`)
    await expectDiskAsServed(format, { format })
  })

  it('are right when the journal was cut to its greatest size, and never go back under updates', async () => {
    const names = Array.from({ length: 120 }, (_, index) => `n${index}`)
    const updating = (async () => {
      for (let from = 0; from < names.length; from += 20) {
        await server.update('small.example', names.slice(from, from + 20))
        await server.rndc('sync', 'small.example')
      }
    })()
    let seen = FIRST_SERIAL
    while ((await Promise.race([updating.then(() => 'done'), setImmediate('going on')])) !== 'done') {
      const serial = await onDisk('small')
      expect(serial?.kind).toBe('serial')
      if (serial?.kind !== 'serial') break
      expect(serial.serial).toBeGreaterThanOrEqual(seen)
      seen = serial.serial
    }
    await updating
    await expectDiskAsServed('small')
    const journal = await readFile(join(server.folder, 'small.db.jnl'))
    expect(journal.readUInt32BE(16)).toBeGreaterThan(FIRST_SERIAL)
  })

  it('are right for signed zones in raw format, whose SOA comes late in the file', async () => {
    await server.update('signed.example', ['a'])
    await server.rndc('sync', 'signed.example')
    await expectDiskAsServed('signed', { format: 'raw' })
  })

  it('are those of the signed file for an inline-signed zone', async () => {
    await server.rndc('sync', 'inline.example')
    await expectDiskAsServed('inline', { file: 'inline.db.signed', format: 'raw' })
    expect(await onDisk('inline')).toEqual({ kind: 'serial', serial: FIRST_SERIAL })
  })

  it('are found by loading the zone when its SOA is far from the beginning', async () => {
    await server.update('licence.example', ['a', 'b'])
    const files = { journal: 'elsewhere.jnl' }
    expect(await onDisk('licence', files)).toEqual({ kind: 'serial', serial: FIRST_SERIAL + 2 })
    await server.rndc('freeze', 'licence.example')
    await expectDiskAsServed('licence', files)
    await server.rndc('thaw', 'licence.example')
  })

  it('are right with a journal in the format before 9.2', async () => {
    await server.update('raw.example', ['old-format'])
    const log = join(server.folder, 'old.jnl')
    await copyFile(join(server.folder, 'raw.db.jnl'), log)
    await run('named-journalprint', ['-d', log])
    expect((await readFile(log, 'latin1')).startsWith(';BIND LOG V9\n')).toBe(true)
    await expectDiskAsServed('raw', { journal: 'old.jnl', format: 'raw' })
  })

  it('are unknown, with the reason, where named would not load the zone or would lose updates', async () => {
    await server.update('text.example', ['e', 'f'])
    const journal = join(server.folder, 'lost.jnl')
    await copyFile(join(server.folder, 'text.db.jnl'), journal)
    await truncate(journal, 100)
    await writeFile(join(server.folder, 'ahead.db'), zoneText().replace('101', '900'))
    await writeFile(join(server.folder, 'nonsense.db'), `; ${'x'.repeat(LICENCE_BYTES)}\nnonsense\n`)
    const because = async (files: Files) => {
      const serial = await onDisk('text', files)
      return serial?.kind === 'unreadable' ? serial.because : serial?.kind
    }
    expect(await because({ journal: 'lost.jnl' })).toContain('its end was lost')
    expect(await because({ file: 'ahead.db', journal: 'text.db.jnl' })).toContain(
      'does not fit its file at 900',
    )
    expect(await because({ file: 'raw.db' })).toContain('raw format')
    expect(await because({ format: 'raw' })).toContain('not in raw format')
    expect(await because({ file: 'keys' })).toContain('a folder is there')
    expect(await because({ file: 'nonsense.db' })).toContain('named-compilezone does not load it')
    expect(await because({ file: 'nothing.db' })).toBe('absent')
  })

  it('agree with named-compilezone on what the journal adds', async () => {
    await server.update('text.example', ['g'])
    const loaded = await host.run({
      kind: 'named-compilezone',
      zone: 'text.example',
      file: 'text.db',
      journal: 'text.db.jnl',
      format: 'text',
      folder: server.folder,
      deadlineMs: 20_000,
    })
    const serial = await server.serial('text.example')
    expect(loaded).toMatchObject({ ok: true, value: { exit: 0 } })
    expect(loaded.ok && loaded.value.stdout).toContain(`loaded serial ${serial}`)
  })
})
