import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, connect as openConnection, type Socket } from 'node:net'
import type { Endpoint } from '../../src/io/net/index.ts'

/** A question that is not answered by then is forgotten. */
const ANSWER_DEADLINE_MS = 10_000

/** Stands before a server on the port that everybody knows, until the way is cut. The server runs on. */
export interface Relay {
  /** From now on whoever comes is turned away, or waits in vain. */
  cut(silence: 'refused' | 'swallowed'): Promise<void>
  fix(): Promise<void>
  close(): Promise<void>
}

type Way = { readonly from: Endpoint; readonly to: Endpoint }

/** Passes on TCP and UDP. Answers go back to whoever asked. */
export async function startRelay(way: Way): Promise<Relay> {
  let relays = await openBoth(way, 'pass')
  const replace = async (manner: Manner | 'closed') => {
    await Promise.all(relays.map(relay => relay.close()))
    relays = manner === 'closed' ? [] : await openBoth(way, manner)
  }
  return {
    cut: silence => replace(silence === 'refused' ? 'closed' : 'swallow'),
    fix: () => replace('pass'),
    close: () => replace('closed'),
  }
}

type Manner = 'pass' | 'swallow'
type Half = { close(): Promise<void> }

function openBoth(way: Way, manner: Manner): Promise<readonly Half[]> {
  return Promise.all([relayStreams(way, manner), relayDatagrams(way, manner)])
}

async function relayStreams({ from, to }: Way, manner: Manner): Promise<Half> {
  const open = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    open.add(socket)
    return socket.on('close', () => open.delete(socket))
  }
  const server = createServer(client => {
    // Either end may go at any time; what it leaves behind ends with it.
    keep(client).on('error', () => client.destroy())
    if (manner === 'swallow') {
      client.resume()
      return
    }
    const target = keep(openConnection(to.port, to.address))
    target.on('error', () => client.destroy())
    client.on('close', () => target.destroy())
    target.on('close', () => client.destroySoon())
    client.pipe(target).pipe(client)
  })
  server.listen(from.port, from.address)
  await once(server, 'listening')
  return {
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function relayDatagrams({ from, to }: Way, manner: Manner): Promise<Half> {
  const asking = new Set<() => void>()
  const front = createSocket('udp4')
  front.on('message', (question, client) => {
    if (manner === 'swallow') return
    const back = createSocket('udp4')
    const end = () => {
      clearTimeout(deadline)
      if (asking.delete(end)) back.close()
    }
    const deadline = setTimeout(end, ANSWER_DEADLINE_MS)
    asking.add(end)
    back.on('error', end)
    back.on('message', answer => {
      if (asking.has(end)) front.send(answer, client.port, client.address)
      end()
    })
    back.send(question, to.port, to.address)
  })
  front.bind(from.port, from.address)
  await once(front, 'listening')
  return {
    async close() {
      for (const end of asking) end()
      front.close()
      await once(front, 'close')
    },
  }
}
