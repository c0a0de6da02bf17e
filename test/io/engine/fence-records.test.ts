import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { invariant, ok } from '../../../src/core/base/index.ts'
import { parseFleet } from '../../../src/core/fleetfile/index.ts'
import { planPush } from '../../../src/core/plan/index.ts'
import type { FenceRecord } from '../../../src/core/snapshot/index.ts'
import { removeFence, writeFence } from '../../../src/io/engine/files/fence-records.ts'
import { localHost } from '../../../src/io/hosts/index.ts'
import { runFolder } from '../../../src/io/journal/index.ts'
import { batonFolder, fencePath, linkOf, openLinks, type ServerLink } from '../../../src/io/observe/index.ts'
import { clock } from '../journal/copies.ts'

const RUN = 'run-1'
const FENCE: FenceRecord = {
  fleet: 'small',
  server: 'ns3',
  words: 'its rack has no power',
  by: 'anna@desk',
  recorded: '2026-11-22T22:47:11Z',
  run: RUN,
  set: 'default',
  term: 2,
  ends: 'on-return',
}

let folder: string
let link: ServerLink
let plan: ReturnType<typeof planPush>

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-fences-'))
  const peer = (address: string) => `{ ssh: far, kind: peer, address: ${address}, rndc: { key: transfer }`
  const text = `fleet: small
zones: ./zones.conf
first-active: ns1
keys: { transfer: ./transfer.key }
policy: { transfer-key: transfer }
servers:
  ns1: ${peer('192.0.2.1')}, folder: ${folder} }
  ns2: ${peer('192.0.2.2').replace('far', 'away')} }
`
  const fleet = parseFleet(text, '/small/baton.yaml')
  invariant(fleet.ok, JSON.stringify(fleet))
  const openHost = ({ name }: { readonly name: string }) => ok(localHost(name))
  const links = openLinks({ fleet: fleet.value, keys: new Map(), clock, openHost })
  invariant(links.ok, 'links are made without a connection')
  link = linkOf(links.value, 'ns1')
  const order = { run: RUN, by: 'anna@desk', reason: undefined, created: FENCE.recorded, record: undefined }
  plan = planPush(fleet.value, { ...order, files: new Map(), records: [], actives: [] })
})
afterEach(() => rm(folder, { recursive: true }))

const claim = (number: number) => ({ folder: runFolder({ folder: batonFolder(link.server) }, RUN), number })

it('a fence is written and forgotten by whoever holds the run, and by nobody who has lost it', async () => {
  const path = fencePath(link.server, 'ns3')
  const [first, second] = [
    { plan, generation: 1, passedOver: new Map() },
    { plan, generation: 2, passedOver: new Map() },
  ]
  expect(await link.host.hold(claim(1))).toMatchObject({ ok: true })
  expect(await writeFence(first, [link], FENCE)).toMatchObject({ ok: true })
  expect(await link.host.hold(claim(2))).toMatchObject({ ok: true })
  expect(await link.host.depose(claim(2))).toMatchObject({ ok: true })
  expect(await removeFence(first, [link], 'ns3')).toMatchObject({
    ok: false,
    error: { code: 'hosts.deposed' },
  })
  expect(await readFile(path, 'utf8')).toMatch(/^words=its rack has no power$/m)
  expect(await removeFence(second, [link], 'ns3')).toMatchObject({ ok: true })
  expect(await writeFence(first, [link], FENCE)).toMatchObject({
    ok: false,
    error: { code: 'hosts.deposed' },
  })
  expect(existsSync(path)).toBe(false)
})
