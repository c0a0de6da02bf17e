import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'

export const LAB_ADDRESS = '127.0.0.1'

/**
 * Below 32768, where Linux begins to hand out ports by itself: there a port of a server that is down for a while
 * would be lent to somebody's outgoing connection.
 */
const PORT_FIRST = 20_000
const PORT_LAST = 32_767
const ATTEMPTS_MAX = 64

/**
 * Finds `count` adjoining ports on which nothing listens, neither by TCP nor by UDP. It begins at a random place, so that
 * two labs which start at the same moment hardly look at the same ports.
 */
export async function findPorts(count: number): Promise<Result<readonly number[], Failure>> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const first = PORT_FIRST + Math.floor(Math.random() * (PORT_LAST - PORT_FIRST - count))
    const ports = Array.from({ length: count }, (_, index) => first + index)
    if ((await findTaken(ports)) === undefined) return ok(ports)
  }
  return fail(
    failure({
      code: 'lab.ports',
      subject: LAB_ADDRESS,
      because: `There are no ${count} free ports in a row from ${PORT_FIRST} to ${PORT_LAST}.`,
      remedy: 'Stop what occupies them, an older lab for instance, and try again.',
    }),
  )
}

/** The first of these ports on which something listens already. */
export async function findTaken(ports: readonly number[]): Promise<number | undefined> {
  const free = await Promise.all(ports.map(async port => (await isFreeTcp(port)) && (await isFreeUdp(port))))
  const at = free.indexOf(false)
  return at === -1 ? undefined : ports[at]
}

/** A plain bind, without SO_REUSEPORT: named sets it, so named itself would not notice. */
function isFreeTcp(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: LAB_ADDRESS, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

function isFreeUdp(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createSocket('udp4')
    socket.once('error', () => {
      socket.close()
      resolve(false)
    })
    socket.bind({ port, address: LAB_ADDRESS, exclusive: true }, () => socket.close(() => resolve(true)))
  })
}
