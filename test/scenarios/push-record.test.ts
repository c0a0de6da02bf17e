import { readFileSync, rmSync, statSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parsePushed, parseZoneLists } from '../../src/core/pushed/index.ts'
import { outcomeOf, PushBench, reasonsOf } from '../support/push-bench.ts'

let bench: PushBench

beforeAll(async () => {
  bench = await PushBench.open()
})
afterAll(() => bench.remove())

const recordOn = (server: string) => {
  const read = parsePushed(bench.read(bench.onServer(server, 'baton/pushed')))
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

it('a lab begins with a record, the same on every peer, of all that its servers were given', () => {
  const record = recordOn('ns1')
  expect(recordOn('ns2')).toEqual(record)
  expect([...record.servers.keys()]).toEqual(['ns1', 'ns2', 'e1'])
  for (const [path, { mode }] of record.servers.get('ns2') ?? [])
    expect(statSync(path).mode & 0o777, path).toBe(mode)
  expect(record.fleetFile).toBe(readFileSync(bench.fleetFile, 'utf8'))
  const zones = parseZoneLists(bench.read(bench.onServer('ns1', 'baton/pushed.zones')))
  expect(zones.ok && zones.value.get('e1')?.length).toBe(4)
})

it('a push keeps it current on all peers, says whose folder it was, and which was before', async () => {
  const before = recordOn('ns1')
  bench.edit(bench.at('base/e1.conf'), text => `${text}// by hand\n`)
  expect(outcomeOf(await bench.push())).toBe('done')
  const record = recordOn('ns1')
  expect(recordOn('ns2')).toEqual(record)
  expect(record).toMatchObject({ parent: before.folder.digest, by: expect.stringContaining('@') as unknown })
  expect(record.folder.digest).not.toBe(before.folder.digest)
})

it('holds no key', () => {
  const secret = /secret "([^"]+)"/.exec(bench.read(bench.at('keys/transfer.key')))?.[1] ?? 'none'
  for (const name of ['pushed', 'pushed.zones'])
    expect(bench.read(bench.onServer('ns1', `baton/${name}`))).not.toContain(secret)
  expect(statSync(bench.onServer('ns1', 'baton/pushed')).mode & 0o777).toBe(0o640)
})

it('is written by the next push where an older Baton left none', async () => {
  rmSync(bench.onServer('ns2', 'baton/pushed'))
  rmSync(bench.onServer('ns2', 'baton/pushed.zones'))
  expect((await bench.status()).well).toBe(true)
  const pushed = await bench.push()
  expect(pushed.kind === 'ran' && pushed.plan.steps.map(({ step }) => step)).toEqual([
    'write down on ns2 which fleet folder was pushed',
  ])
  expect(recordOn('ns2').folder).toEqual(recordOn('ns1').folder)
  expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
})

it('that cannot be understood is not taken for none', async () => {
  const text = bench.read(bench.onServer('ns2', 'baton/pushed'))
  bench.edit(bench.onServer('ns2', 'baton/pushed'), () => text.slice(0, 100))
  expect(reasonsOf(await bench.push())).toEqual(['push.record-unreadable ns2'])
  bench.edit(bench.onServer('ns2', 'baton/pushed'), () => text)
})
