import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Failure,
  fail,
  failure,
  invariant,
  ok,
  type Result,
  SharedKey,
} from '../../../src/core/base/index.ts'
import { parseFleet } from '../../../src/core/fleetfile/index.ts'
import type { ControlCommand } from '../../../src/core/rndc/index.ts'
import { holdLinks } from '../../../src/io/engine/index.ts'
import { type Host, localHost } from '../../../src/io/hosts/index.ts'
import { type FleetLinks, linkOf, openLinks } from '../../../src/io/observe/index.ts'
import { clock } from '../journal/copies.ts'

const FLEET = `fleet: small
zones: ./zones.conf
first-active: ns1
keys: { transfer: ./transfer.key }
policy: { transfer-key: transfer }
servers:
  ns1: { ssh: ns1, kind: peer, address: 192.0.2.1, rndc: { key: transfer } }
  ns2: { ssh: ns2, kind: peer, address: 192.0.2.2, rndc: { key: transfer } }
`
const OVERTAKEN = failure({ code: 'engine.overtaken', subject: 'run-1', because: 'gone', remedy: 'Look.' })
/** What changes nothing, and what compares the holder on the server itself. */
const LOOKING: readonly (keyof Host)[] = [
  'hold',
  'depose',
  'apply',
  'namedRuns',
  'exposures',
  'server',
  'read',
  'heads',
  'digests',
  'list',
  'links',
  'run',
  'folders',
  'clock',
  'close',
]

let folder: string
let held: Result<void, Failure>
let commands: (readonly [ControlCommand['kind'], number | undefined])[]
let links: FleetLinks

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-held-'))
  await writeFile(join(folder, 'there'), 'as it was')
  held = ok(undefined)
  commands = []
  links = holdLinks(openFleet(), async () => held)
})
afterEach(async () => {
  await links.close()
  await rm(folder, { recursive: true })
})

/** A fleet whose servers are folders here, and whose control channels only write down what they are asked. */
function openFleet(): FleetLinks {
  const fleet = parseFleet(FLEET, '/small/baton.yaml')
  const key = new SharedKey('transfer', 'hmac-sha256', new Uint8Array([1, 2, 3]))
  invariant(fleet.ok, 'the fleet is one')
  const opened = openLinks({
    fleet: fleet.value,
    keys: new Map([['transfer', key]]),
    clock,
    openHost: ({ name }) => ok(localHost(name)),
    openControl: async target =>
      ok({
        target,
        async ask(command, deadlineMs) {
          commands.push([command.kind, deadlineMs])
          return ok({ text: '', result: 0, sentAt: 0 })
        },
        livesMs: () => 0,
        end: () => undefined,
      }),
  })
  invariant(opened.ok, 'links are made without a connection')
  return opened.value
}

const file = (name: string) => ({ path: join(folder, name), content: 'new', mode: 0o600, user: undefined })

/** Table: every method of a host that changes something, and a call of it. */
const CHANGES: Readonly<Record<string, (host: Host) => Promise<Result<unknown, Failure>>>> = {
  replace: host => host.replace(file('there')),
  create: host => host.create(file('fresh')),
  append: host => host.append(file('there')),
  copy: host => host.copy(join(folder, 'there'), join(folder, 'copied')),
  remove: host => host.remove(join(folder, 'there')),
  protect: host => host.protect({ folder: join(folder, 'baton'), files: [], user: undefined, written: [] }),
  touch: host => host.touch({ folder, paths: ['there'] }),
}

describe('links of a run', () => {
  it('know every method of a host that changes something', () => {
    const methods = Object.keys(localHost('ns1')).filter(name => !LOOKING.some(looking => looking === name))
    expect(methods.toSorted()).toEqual(Object.keys(CHANGES).toSorted())
  })

  it.each(Object.entries(CHANGES))(
    '%s: nothing is changed once somebody else holds the run',
    async (_, change) => {
      const { host } = linkOf(links, 'ns1')
      held = fail(OVERTAKEN)
      expect(await change(host)).toEqual(fail(OVERTAKEN))
      expect(await readdir(folder)).toEqual(['there'])
      expect(await readFile(join(folder, 'there'), 'utf8')).toBe('as it was')
      expect(await host.read(join(folder, 'there'))).toMatchObject({ ok: true })
    },
  )

  it.each(Object.entries(CHANGES))('%s: is done while the run is ours', async (_, change) => {
    expect(await change(linkOf(links, 'ns1').host)).toMatchObject({ ok: true })
  })

  it.each(['control', 'openControl'] as const)(
    '%s: gives no order any more, and goes on looking',
    async way => {
      const opened = await linkOf(links, 'ns1')[way]()
      if (!opened.ok) throw new Error(opened.error.because)
      expect(await opened.value.ask({ kind: 'reconfig' })).toMatchObject({ ok: true })
      held = fail(OVERTAKEN)
      await clockMoves()
      expect(await opened.value.ask({ kind: 'reconfig' })).toEqual(fail(OVERTAKEN))
      expect(await opened.value.ask({ kind: 'status' })).toMatchObject({ ok: true })
      expect(commands.map(([kind]) => kind)).toEqual(['reconfig', 'status'])
    },
  )

  it('with other limits hold as well, and ask within them', async () => {
    const limited = linkOf(links.within({ questionMs: 700, commandMs: 900 }), 'ns1')
    const opened = await limited.control()
    if (!opened.ok) throw new Error(opened.error.because)
    await opened.value.ask({ kind: 'status' })
    expect(commands).toEqual([['status', 700]])
    expect(limited.commandMs).toBe(900)
    held = fail(OVERTAKEN)
    expect(await limited.host.replace(file('there'))).toEqual(fail(OVERTAKEN))
  })
})

/** A look counts for some milliseconds, so that thousands of commands in a row need not look each time. */
async function clockMoves(): Promise<void> {
  const began = clock.elapsed()
  while (clock.elapsed() - began < 50) await new Promise(resolve => setImmediate(resolve))
}
