import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/app/commands/session/clock.ts'
import { invariant, parseDomainName, serialFrom } from '../../../src/core/base/index.ts'
import {
  type FrozenFile,
  linkOf,
  openLinks,
  type ServerLink,
  seeDumps,
  seeUnwritten,
} from '../../../src/io/observe/index.ts'
import { KEYS, makeDemo } from '../../core/render/demo-fleet.ts'

const LOADED = Date.parse('2026-01-01T12:00:00Z')
const BEFORE = new Date(LOADED - 1)
const AFTER = new Date(LOADED + 1)

let folder: string
let link: ServerLink

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-unwritten-'))
  const { fleet } = makeDemo({ folder, zones: { default: '' } })
  const links = openLinks({ fleet, keys: KEYS, clock: systemClock })
  invariant(links.ok, 'the links of the demo can be opened')
  link = linkOf(links.value, 'ns1')
  await mkdir(link.server.paths.directory, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

describe('a frozen zone at serial 120', () => {
  const written = async (text: string | Uint8Array, time = AFTER) => {
    const path = join(link.server.paths.directory, 'z.db')
    await writeFile(path, text)
    await utimes(path, time, time)
    const unwritten = await seeUnwritten(link, [frozen()])
    invariant(unwritten.ok, 'the folder can be read')
    return unwritten.value.length === 0
  }

  it.each([
    { serial: 115, is: false },
    { serial: 120, is: true },
    { serial: 121, is: true },
  ])('is written: $is, where its file holds $serial', async ({ serial, is }) => {
    expect(await written(zoneText(serial))).toBe(is)
  })

  it('is taken for written where its file is older than what named holds, which does not read it then', async () => {
    expect(await written(zoneText(115), BEFORE)).toBe(true)
    expect(await written(zoneText(115), new Date(LOADED))).toBe(true)
  })

  it.each([115, 120])('is told from a raw file at %d as well', async serial => {
    const text = join(folder, 'text.db')
    const raw = join(folder, 'raw.db')
    await writeFile(text, zoneText(serial))
    execFileSync('named-compilezone', ['-F', 'raw', '-o', raw, 'z.example', text])
    expect(await written(await readFile(raw))).toBe(serial === 120)
  })

  it('is told by a longer look where much stands before the serial', async () => {
    expect(await written(`${'; a comment\n'.repeat(1000)}${zoneText(120)}`)).toBe(true)
    expect(await written(`${'; a comment\n'.repeat(1000)}${zoneText(115)}`)).toBe(false)
  })

  it('is not written where its file has no serial, and is where it has no file', async () => {
    expect(await written('; nothing\n')).toBe(false)
    await rm(join(link.server.paths.directory, 'z.db'))
    expect(await seeUnwritten(link, [frozen()])).toEqual({ ok: true, value: [] })
  })
})

it('what named is writing is seen beside the files, with its size', async () => {
  const { directory } = link.server.paths
  await writeFile(join(directory, 'tmp-Ab3dEf6hIj'), 'half')
  await writeFile(join(directory, 'other'), 'whole')
  expect(await seeDumps(link, [frozen()])).toEqual({ ok: true, value: ['tmp-Ab3dEf6hIj 4'] })
  expect(await seeDumps(link, [])).toEqual({ ok: true, value: [] })
})

function frozen(): FrozenFile {
  const name = parseDomainName('z.example')
  const serial = serialFrom(120)
  invariant(name.ok && serial !== undefined, 'name and serial are right')
  return { zone: { name: name.value, view: '_default' }, file: 'z.db', serial, lastLoaded: LOADED }
}

function zoneText(serial: number): string {
  return `$TTL 60\n@ SOA ns1 hostmaster ${serial} 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n`
}
