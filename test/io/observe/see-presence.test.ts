import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breakLab, killServer, type Lab } from '../../../src/app/lab/index.ts'
import { knockOf } from '../../../src/io/net/knock.ts'
import {
  type Endpoints,
  linkOf,
  openLinks,
  type Presence,
  type Stopped,
  seePresence,
  seeStopped,
} from '../../../src/io/observe/index.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { clock } from '../journal/copies.ts'
import { freePort } from '../net/named.ts'
import { type LabFleet, readLabFleet } from './lab-links.ts'

const LAB_READY_MS = 120_000
const DEADLINE_MS = 1_000
const HANDLES_MAX = 2_000_000

let temporary: TemporaryLab
let lab: Lab
let known: LabFleet

beforeAll(async () => {
  temporary = await createTemporaryLab({ zones: 2, zonesDynamic: 1, groups: [] })
  lab = temporary.lab
  known = await readLabFleet(lab.folder)
}, LAB_READY_MS)
afterAll(() => temporary.remove(), LAB_READY_MS)

/** As Baton sees ns1, whose channels are where it is told. */
async function presence(change: Partial<Endpoints> = {}): Promise<Presence> {
  const { fleet, keys } = known
  const links = openLinks({
    fleet,
    keys,
    clock,
    endpointsOf: ({ dns, control, statistics }) => ({ dns, control, statistics, ...change }),
  })
  if (!links.ok) throw new Error(links.error.because)
  const seen = await seePresence(links.value, 'ns1', { deadlineMs: DEADLINE_MS })
  await links.value.close()
  return seen
}

/** Whether ns1 has stopped, as it is seen directly or through a tunnel with this near end. */
async function stopped(through: Endpoints['dns']['through']): Promise<Stopped> {
  const { fleet, keys } = known
  const links = openLinks({
    fleet,
    keys,
    clock,
    endpointsOf: ({ dns, control }) => ({
      dns: { ...dns, through },
      control: { ...control, through },
      statistics: undefined,
    }),
  })
  if (!links.ok) throw new Error(links.error.because)
  try {
    return await seeStopped(links.value, linkOf(links.value, 'ns1'), 'default')
  } finally {
    await links.value.close()
  }
}

async function nowhere(): Promise<Endpoints> {
  const [dns, control, statistics] = await Promise.all([freePort(), freePort(), freePort()])
  const at = (port: number) => ({ address: '127.0.0.1', port })
  return { dns: at(dns), control: at(control), statistics: at(statistics) }
}

/** Something that takes connections and never says a word. */
async function listening<Value>(act: (port: number) => Promise<Value>): Promise<Value> {
  const server = createServer(socket => socket.on('error', () => undefined).end('something else'))
  server.listen(await freePort(), '127.0.0.1')
  await once(server, 'listening')
  const place = server.address()
  try {
    return await act(typeof place === 'object' && place !== null ? place.port : 0)
  } finally {
    server.close()
  }
}

/** Something that takes datagrams, and answers with these bytes. */
async function answering<Value>(
  bytes: Uint8Array | undefined,
  act: (port: number) => Promise<Value>,
): Promise<Value> {
  const socket = createSocket('udp4')
  socket.on('message', (_, from) => bytes !== undefined && socket.send(bytes, from.port, from.address))
  socket.bind(await freePort(), '127.0.0.1')
  await once(socket, 'listening')
  try {
    return await act(socket.address().port)
  } finally {
    socket.close()
  }
}

describe('a server', () => {
  it('that runs answers in every way', async () => {
    const seen = await presence()
    expect(seen).toMatchObject({ kind: 'answers' })
    expect(seen.kind === 'answers' && seen.how.join('\n')).toMatch(
      /^answers (REFUSED|NOERROR) to DNS by UDP .*\nanswers .* DNS by TCP .*\n.*its control channel .*\n.*its statistics channel/,
    )
  })

  it.each(['dns', 'control', 'statistics'] as const)('that is there by %s alone is there', async channel => {
    const { dns, control, statistics } = await nowhere()
    const real = known.fleet.servers.find(({ name }) => name === 'ns1')
    expect(await presence({ dns, control, statistics, [channel]: real?.[channel] })).toMatchObject({
      kind: 'answers',
    })
  })

  it('that is there by TCP alone is there, whoever it is', async () => {
    const { dns, ...others } = await nowhere()
    const seen = await listening(port => presence({ ...others, dns: { ...dns, port } }))
    expect(seen).toMatchObject({ kind: 'answers', how: [expect.stringContaining('DNS by TCP')] })
  })

  it.each([
    ['something that is no DNS', Buffer.from('hello')],
    ['nothing but an id', Buffer.alloc(2)],
    ['an empty datagram', Buffer.alloc(0)],
  ])('that answers %s by UDP alone is there', async (_, bytes) => {
    const { dns, ...others } = await nowhere()
    const seen = await answering(bytes, port => presence({ ...others, dns: { ...dns, port } }))
    expect(seen).toMatchObject({ kind: 'answers', how: [expect.stringContaining('DNS by UDP')] })
  })

  it('that takes datagrams and says nothing is silent, and so is one that listens nowhere', async () => {
    const { dns, ...others } = await nowhere()
    const mute = await answering(undefined, port => presence({ ...others, dns: { ...dns, port } }))
    expect(mute).toMatchObject({ kind: 'silent' })
    expect(mute.kind === 'silent' && mute.how[0]).toMatch(/^says nothing to DNS by UDP/)
    expect(await presence({ dns, ...others })).toMatchObject({ kind: 'silent' })
    expect(await presence({ dns, ...others, statistics: undefined })).toMatchObject({ kind: 'silent' })
  })
})

describe('trouble on this machine', () => {
  it('is not the silence of another: no file handle is left', async () => {
    const endpoints = await nowhere()
    const handles: number[] = []
    try {
      for (let count = 0; count < HANDLES_MAX; count++) handles.push(openSync('/dev/null', 'r'))
      expect.unreachable('there is no limit')
    } catch {
      expect(await presence(endpoints)).toMatchObject({ kind: 'unknown' })
    } finally {
      for (const handle of handles) closeSync(handle)
    }
  })

  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'answered'],
    ['ETIMEDOUT', 'silent'],
    ['EHOSTUNREACH', 'silent'],
    ['ENETUNREACH', 'unknown'],
    ['ENETDOWN', 'unknown'],
    ['EMFILE', 'unknown'],
    ['ENFILE', 'unknown'],
    ['ENOBUFS', 'unknown'],
    ['ENOMEM', 'unknown'],
    ['EADDRNOTAVAIL', 'unknown'],
    ['EACCES', 'unknown'],
    ['EPERM', 'unknown'],
    ['EINVAL', 'unknown'],
    ['anything else', 'unknown'],
  ])('%s is %s', (code, kind) => {
    const error = Object.assign(new Error(code), { code })
    expect(knockOf({}, error)).toMatchObject({ kind })
    const tunnelled = knockOf({ through: { path: '/run/tunnel' } }, error)
    expect(tunnelled).toMatchObject({ kind: kind === 'answered' ? 'answered' : 'unknown' })
  })

  it('is a tunnel whose near end refuses', async () => {
    const { dns, control } = await nowhere()
    const through = { host: dns.address, port: dns.port }
    const tunnel = { dns: { ...dns, through }, control: { ...control, through }, statistics: undefined }
    expect(await presence(tunnel)).toMatchObject({ kind: 'unknown' })
  })
})

describe('named', () => {
  it('that hangs is silent, though its kernel takes connections, and so is one that was killed', async () => {
    expect((await breakLab(lab.folder, { kind: 'hang', server: 'ns1' })).ok).toBe(true)
    expect(await presence()).toMatchObject({ kind: 'silent' })
    await killServer(lab, 'ns1')
    const seen = await presence()
    expect(seen).toMatchObject({ kind: 'silent' })
    expect(seen.kind === 'silent' && seen.how.every(how => how.startsWith('refuses connections'))).toBe(true)
  })

  it('that was killed has stopped, unless it was only a tunnel that said so', async () => {
    expect(await stopped(undefined)).toEqual({ kind: 'stopped' })
    const near = { host: '127.0.0.1', port: await freePort() }
    expect(await stopped(near)).toMatchObject({ kind: 'not-proven' })
  })
})
