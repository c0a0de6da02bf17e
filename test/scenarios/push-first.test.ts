import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findServer, startServer, stopServer } from '../../src/app/lab/index.ts'
import { outcomeOf, PushBench, problemsOf, reasonsOf } from '../support/push-bench.ts'

describe('a first push, onto servers that were never Baton’s', () => {
  let bench: PushBench

  beforeAll(async () => {
    bench = await PushBench.open()
    for (const { name } of bench.lab.servers) await makeForeign(bench, name)
  }, 60_000)
  afterAll(() => bench.remove())

  it('is refused when first-active names a peer that is a secondary now', async () => {
    const pushed = await bench.whileEdited(
      'baton.yaml',
      text => text.replace('first-active: ns1', 'first-active: ns2'),
      () => bench.push(),
    )
    expect(reasonsOf(pushed)).toEqual(['check.roles-kept ns1', 'check.roles-kept ns2'])
    expect(
      problemsOf(pushed)
        .map(({ remedy }) => remedy)
        .join(),
    ).toContain('first-active')
  })

  it('is refused onto a server that belongs to another fleet', async () => {
    const state = bench.onServer('ns2', 'baton/state')
    const other = await PushBench.open()
    try {
      const theirs = other.read(other.onServer('ns2', 'baton/state')).replace('fleet=lab', 'fleet=other')
      mkdirSync(bench.onServer('ns2', 'baton'))
      writeFileSync(state, theirs)
      expect(reasonsOf(await bench.push())).toContain('check.fleet-is-ours ns2')
    } finally {
      rmSync(bench.onServer('ns2', 'baton'), { recursive: true })
      await other.remove()
    }
  })

  it('writes everything, serves every zone as before, and records how each peer stands', async () => {
    expect(outcomeOf(await bench.push())).toBe('done')
    const { well, sets } = await bench.status()
    expect([well, sets.map(({ active }) => active)]).toEqual([true, ['ns1']])
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
  })
})

/** The server as its operator had it before Baton: one hand-written named.conf, and nothing else. */
async function makeForeign(bench: PushBench, name: string): Promise<void> {
  const active = findServer(bench.lab, 'ns1')
  const port = active.ok ? active.value.dns.port : 0
  const role =
    name === 'ns1'
      ? 'type primary; allow-transfer { key "transfer"; };'
      : `type secondary; primaries { 127.0.0.1 port ${port} key "transfer"; };`
  const zones = [1, 2, 3, 4].map(zone => {
    const updates = name === 'ns1' && zone % 2 === 0 ? 'allow-update { key "writer"; };' : ''
    return `zone "z${zone}.example" { ${role} file "zones/z${zone}.example.db"; ${updates} };`
  })
  const parts = ['keys/rndc.key', 'keys/transfer.key', 'keys/writer.key', 'shared.conf', `base/${name}.conf`]
  const files = parts.map(path => bench.read(bench.at(path)))
  for (const path of ['baton', 'named.active.conf', 'named.standby.conf'])
    rmSync(bench.onServer(name, path), { recursive: true, force: true })
  writeFileSync(bench.onServer(name, 'named.conf'), [...files, ...zones].join('\n'))
  const stopped = await stopServer(bench.lab, name)
  const started = await startServer(bench.lab, name, 'answering')
  expect([stopped.ok, started.ok]).toEqual([true, true])
}
