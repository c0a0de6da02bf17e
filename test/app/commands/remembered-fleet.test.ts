import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type FleetText,
  keyOfMemory,
  readFleetText,
  recallFleet,
  rememberFleet,
} from '../../../src/app/commands/session/remembered-fleet.ts'
import { invariant } from '../../../src/core/base/index.ts'
import { readFleet } from '../../../src/core/fleetfile/index.ts'

const TEXT = `fleet: example
zones: ./zones.conf
first-active: ns1
keys: { rndc: ./rndc.key, transfer: ./transfer.key }
policy: { transfer-key: transfer }
groups: { east: { follows: [ns1, ns2] } }
servers:
  ns1: { kind: peer, ssh: host1, address: 192.0.2.1 }
  ns2: { kind: peer, ssh: host2, address: 192.0.2.2 }
  e1: { kind: secondary, ssh: host3, address: 192.0.2.3, group: east }
`
const BUILD = 'one'

let folder: string
let text: FleetText

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-fleet-'))
  text = { text: TEXT, path: join(folder, 'baton.yaml') }
})
afterEach(() => rm(folder, { recursive: true }))

describe('a fleet that is remembered', () => {
  it('is recalled as it was read, warnings included', async () => {
    const read = await readFleetText(text, BUILD)
    expect(read).toEqual(readFleet(text.text, text.path))
    invariant(read.ok, 'the text is a fleet')
    expect(read.value.warnings).not.toEqual([])
    expect(await recallFleet(text, keyOfMemory(text, BUILD))).toEqual(read.value)
    expect(await readFleetText(text, BUILD)).toEqual(read)
  })

  it('takes the place of reading', async () => {
    const read = readFleet(text.text, text.path)
    invariant(read.ok, 'the text is a fleet')
    const other = { ...read.value, fleet: { ...read.value.fleet, name: 'recalled' } }
    await rememberFleet(text, keyOfMemory(text, BUILD), other)
    expect(await readFleetText(text, BUILD)).toEqual({ ok: true, value: other })
  })

  it('is nothing for another text, another place and another build', async () => {
    await readFleetText(text, BUILD)
    const others = [
      keyOfMemory({ ...text, text: `${TEXT}# more\n` }, BUILD),
      keyOfMemory({ ...text, path: join(folder, 'other.yaml') }, BUILD),
      keyOfMemory(text, 'two'),
    ]
    expect(new Set([keyOfMemory(text, BUILD), ...others]).size).toBe(others.length + 1)
    for (const other of others) expect(await recallFleet(text, other)).toBeUndefined()
  })

  it('is for nobody else to read', async () => {
    await readFleetText(text, BUILD)
    const { mode } = await stat(join(folder, '.baton/fleet.json'))
    expect((mode & 0o777).toString(8)).toBe('600')
  })

  it.each(['', 'rubbish', '[]', 'null', '{"version":1}'])('is nothing when the file holds %j', async rest => {
    await readFleetText(text, BUILD)
    await writeFile(join(folder, '.baton/fleet.json'), rest)
    expect(await recallFleet(text, keyOfMemory(text, BUILD))).toBeUndefined()
    expect((await readFleetText(text, BUILD)).ok).toBe(true)
  })
})

describe('nothing is remembered', () => {
  it('of a text with mistakes', async () => {
    const wrong = { ...text, text: TEXT.replace('first-active: ns1', 'first-active: ns9') }
    expect((await readFleetText(wrong, BUILD)).ok).toBe(false)
    expect(await readdir(folder)).toEqual([])
  })

  it('by code that is not built, which may change under it', async () => {
    expect((await readFleetText(text, undefined)).ok).toBe(true)
    expect(await readdir(folder)).toEqual([])
  })
})
