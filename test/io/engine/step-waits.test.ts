import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, stopServer } from '../../../src/app/lab/index.ts'
import type { Plan } from '../../../src/core/plan/index.ts'
import type { RunContext } from '../../../src/io/engine/context.ts'
import { heal } from '../../../src/io/engine/steps/heal.ts'
import { comeBack } from '../../../src/io/engine/steps/return.ts'
import { type Endpoints, openLinks } from '../../../src/io/observe/index.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { clock } from '../journal/copies.ts'
import { type LabFleet, readLabFleet } from '../observe/lab-links.ts'

const LAB_READY_MS = 120_000
const QUESTION_MS = 3_000
const COMMAND_MS = 20_000
/** What one question and one order may take past the deadline on a busy machine, in milliseconds. */
const GRACE_MS = 12_000

let temporary: TemporaryLab
let lab: Lab
let known: LabFleet
let mute: Server
const sockets = new Set<Socket>()

beforeAll(async () => {
  temporary = await createTemporaryLab({
    peers: ['ns1', 'ns2', 'ns3'],
    groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
    zones: 12,
    zonesDynamic: 2,
  })
  lab = temporary.lab
  known = await readLabFleet(lab.folder)
  mute = createServer(socket => void sockets.add(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
  await once(mute, 'listening')
}, LAB_READY_MS)
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  mute.close()
  await temporary.remove()
}, LAB_READY_MS)

/** What a step needs, where one server's channels lead elsewhere. */
async function within<Value>(
  { server, change, maxS, signal }: Setting,
  act: (context: RunContext) => Promise<Value>,
): Promise<Value> {
  const fleet = { ...known.fleet, policy: { ...known.fleet.policy, convergenceMaxS: maxS } }
  const links = openLinks({
    fleet,
    keys: known.keys,
    clock,
    endpointsOf: ({ name, dns, control, statistics }) => ({
      dns,
      control,
      statistics,
      ...(name === server ? change : {}),
    }),
  })
  if (!links.ok) throw new Error(links.error.because)
  const limited = links.value.within({ questionMs: QUESTION_MS, commandMs: COMMAND_MS })
  const zones = new Map([...known.rendered].map(([name, own]) => [name, own.zones]))
  const plan = { steps: [] } as unknown as Plan
  const ground: Partial<RunContext> = { plan, links: limited, zones, signal, ask: () => undefined }
  try {
    return await act(ground as RunContext)
  } finally {
    await links.value.close()
  }
}

type Setting = {
  readonly server: string
  readonly change: Partial<Endpoints>
  readonly maxS: number
  readonly signal: AbortSignal
}

function muteEndpoint() {
  const address = mute.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { address: '127.0.0.1', port: address.port }
}

describe('a server that is waited for', () => {
  it('has not come back where another one answers at its address', async () => {
    const third = known.fleet.servers.find(({ name }) => name === 'ns3')
    if (third === undefined) throw new Error('no ns3')
    const { signal } = new AbortController()
    const setting = { server: 'ns2', change: { dns: third.dns }, maxS: 1, signal }
    const step = { kind: 'return', server: 'ns2', to: 'ns1', set: 'default', term: 1, since: '' } as const
    const back = await within(setting, context => comeBack(context, step))
    expect(back).toMatchObject({ ok: false, error: { code: 'rejoin.not-returned', subject: 'ns2' } })
    expect(JSON.stringify(back)).toContain('it calls itself ns3')
    const own = await within({ ...setting, server: 'nobody' }, context => comeBack(context, step))
    expect(own.ok).toBe(true)
  })

  describe('for its healing, while its control channel says nothing', () => {
    const step = { kind: 'heal', servers: ['e1'], to: 'ns1', set: 'default' } as const

    beforeAll(async () => {
      expect((await stopServer(lab, 'e1')).ok).toBe(true)
    })

    it.each([
      ['is given up at the deadline', 7, 600_000],
      ['is given up at Ctrl-C', 600, 7_000],
    ])('%s', async (_words, maxS, stopMs) => {
      const stop = new AbortController()
      const timer = setTimeout(() => stop.abort(), stopMs)
      const began = performance.now()
      const setting = { server: 'e1', change: { control: muteEndpoint() }, maxS, signal: stop.signal }
      const healed = await within(setting, context => heal(context, step))
      clearTimeout(timer)
      expect(performance.now() - began).toBeLessThan(7_000 + GRACE_MS)
      expect(healed).toMatchObject({ ok: true, value: { unwell: true } })
    })
  })
})
