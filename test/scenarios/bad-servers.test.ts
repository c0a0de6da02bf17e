import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { diff, guardTest, rescueList } from '../../src/app/commands/index.ts'
import { findServer, killServer, type LabServer, startServer } from '../../src/app/lab/index.ts'
import { PushBench, problemsOf, reasonsOf } from '../support/push-bench.ts'

const REFUSED = 5

describe('a push is refused', () => {
  let bench: PushBench
  let other: PushBench
  let tries = 0

  beforeAll(async () => {
    bench = await PushBench.open()
    other = await PushBench.open()
  }, 60_000)
  afterAll(async () => {
    await bench.remove()
    await other.remove()
  })
  beforeEach(() => bench.touchBases(`try ${++tries}`))

  const withPort = (from: number, to: number) =>
    bench.whileEdited(
      'baton.yaml',
      text => text.replace(new RegExp(`: ${from}$`, 'm'), `: ${to}`),
      () => bench.push(),
    )

  it('when a server is down', async () => {
    await killServer(bench.lab, 'e1')
    onTestFinished(async () => {
      await startServer(bench.lab, 'e1', 'loaded')
    })
    const pushed = await bench.push()
    expect(reasonsOf(pushed)).toEqual(['check.servers-answer e1'])
    expect(problemsOf(pushed).every(({ remedy }) => remedy !== undefined && remedy !== '')).toBe(true)
  })

  it('when a web server is where a control or statistics channel should be', async () => {
    const port = await listenHttp()
    const e1 = serverOf(bench, 'e1')
    expect(reasonsOf(await withPort(e1.control.port, port))).toEqual(['check.control-answers e1'])
    expect(reasonsOf(await withPort(e1.statistics.port, port))).toEqual(['check.servers-answer e1'])
  })

  it('when something else answers DNS where a peer should be', async () => {
    const port = await listenRefusing()
    const pushed = await withPort(serverOf(bench, 'ns2').dns.port, port)
    expect(reasonsOf(pushed)).toEqual(['check.peers-found ns2'])
  })

  it('when the ports are those of another fleet', async () => {
    const [ours, theirs] = [serverOf(bench, 'ns2'), serverOf(other, 'ns1')]
    const pushed = await withPort(ours.dns.port, theirs.dns.port)
    // The other fleet has other keys, so its server cannot even be asked who it is.
    expect(reasonsOf(await withPort(ours.control.port, theirs.control.port))).toEqual([
      'check.control-answers ns2',
    ])
    expect(reasonsOf(pushed)).toEqual(expect.arrayContaining(['check.peers-found ns2']))
  })

  it('when the servers call themselves those of another fleet', async () => {
    const pushed = await bench.whileEdited(
      'baton.yaml',
      text => text.replace('fleet: lab', 'fleet: other'),
      () => bench.push(),
    )
    expect(reasonsOf(pushed)).toEqual(['check.fleet-is-ours ns1', 'check.fleet-is-ours ns2'])
  })

  it('and nothing else is said of such servers either', async () => {
    const { fleetFile } = bench
    const servers = { fleetFile, servers: [] }
    const asked = await bench.whileEdited(
      'baton.yaml',
      text => text.replace('fleet: lab', 'fleet: other'),
      () => Promise.all([diff({ fleetFile }), guardTest(servers), rescueList({ fleetFile })]),
    )
    const refused = ['ns1', 'ns2'].map(subject => ({ code: 'check.fleet-is-ours', subject }))
    for (const answer of asked) expect(answer).toMatchObject({ ok: false, error: refused })
  })

  it('when the configuration folder is not there', async () => {
    const folder = bench.onServer('ns1', '')
    const pushed = await bench.whileEdited(
      'baton.yaml',
      text => text.replace(folder, `${folder}/nowhere`),
      () => bench.push(),
    )
    expect(reasonsOf(pushed)).toContain('check.folders-writable ns1')
  })
})

function serverOf(bench: PushBench, name: string): LabServer {
  const server = findServer(bench.lab, name)
  if (!server.ok) throw new Error(server.error.because)
  return server.value
}

async function listenHttp(): Promise<number> {
  const server = createServer((_question, answer) => answer.end('hello'))
  server.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A DNS server that refuses everything, as one does that was never told of us. */
async function listenRefusing(): Promise<number> {
  const socket: Socket = createSocket('udp4')
  socket.on('message', (question, from) => {
    const answer = Buffer.from(question)
    answer[2] = 0x80
    answer[3] = REFUSED
    // The signature is cut off with the count that announced it.
    answer.writeUInt16BE(0, 10)
    socket.send(answer, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  onTestFinished(() => void socket.close())
  await once(socket, 'listening')
  return socket.address().port
}
