import { createSocket } from 'node:dgram'
import { connect, isIPv4 } from 'node:net'
import { type Endpoint, streamTo, takesDatagrams } from './endpoint.ts'

/** How often a datagram is sent within its deadline, because each may be lost. */
const DATAGRAMS_MAX = 4
/** A process that stood still for longer than this beyond its deadline, in milliseconds, has not listened. */
const STOOD_STILL_MS = 1_000

/**
 * Whether something is there. Anything that comes back counts as an answer, whatever it says, and so does a connection that is
 * closed. One that is merely taken does not: the kernel takes it for a process that stands still. `refused` is a machine that runs while nothing listens at the port; `unknown` is trouble on our own side.
 */
export type Knock =
  | { readonly kind: 'answered'; readonly bytes: Uint8Array | undefined }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unknown'; readonly because: string }

/** Errors of connecting that tell of the other side; every other one is ours, as when no file handle or no route is left. */
const OTHER_SIDE: ReadonlyMap<string, Knock> = new Map([
  ['ECONNREFUSED', { kind: 'refused' }],
  // Something took the connection before it broke it.
  ['ECONNRESET', { kind: 'answered', bytes: undefined }],
  ['EPIPE', { kind: 'answered', bytes: undefined }],
  ['ETIMEDOUT', { kind: 'silent' }],
  // Nobody of that address on the network, or a router that says so.
  ['EHOSTUNREACH', { kind: 'silent' }],
  ['EHOSTDOWN', { kind: 'silent' }],
])

/** What an error of a socket says of the other side: at the near end of a tunnel only that it was connected tells of that. */
export function knockOf({ through }: Pick<Endpoint, 'through'>, error: NodeJS.ErrnoException): Knock {
  const knock = OTHER_SIDE.get(error.code ?? '')
  if (knock === undefined || (through !== undefined && knock.kind !== 'answered'))
    return { kind: 'unknown', because: error.message }
  return knock
}

/** Connects by TCP, says these words, and takes whatever comes back, or the end of the connection. */
export function knockByStream(endpoint: Endpoint, words: Uint8Array, deadlineMs: number): Promise<Knock> {
  return within(deadlineMs, endpoint, settle => {
    const socket = connect(streamTo(endpoint))
    socket.once('connect', () => socket.write(words))
    socket.once('data', () => settle({ kind: 'answered', bytes: undefined }))
    socket.once('end', () => settle({ kind: 'answered', bytes: undefined }))
    socket.on('error', error => settle(knockOf(endpoint, error)))
    return () => socket.destroy()
  })
}

/** Sends a datagram, several times, and takes the first that comes back; nothing where no datagram gets there. */
export async function knockByDatagram(
  endpoint: Endpoint,
  datagram: Uint8Array,
  deadlineMs: number,
): Promise<Knock | undefined> {
  if (!takesDatagrams(endpoint)) return undefined
  return within(deadlineMs, endpoint, settle => {
    const socket = createSocket(isIPv4(endpoint.address) ? 'udp4' : 'udp6')
    let timer: NodeJS.Timeout | undefined
    const send = () => socket.send(datagram)
    socket.on('error', error => settle(knockOf(endpoint, error)))
    socket.on('message', bytes => settle({ kind: 'answered', bytes }))
    socket.connect(endpoint.port, endpoint.address, () => {
      send()
      timer = setInterval(send, deadlineMs / DATAGRAMS_MAX)
    })
    return () => {
      clearInterval(timer)
      socket.close()
    }
  })
}

type Settle = (knock: Knock) => void

/** What came before the deadline is read before it counts as silence: a process that stood still finds both at once. */
function within(
  deadlineMs: number,
  endpoint: Endpoint,
  begin: (settle: Settle) => () => void,
): Promise<Knock> {
  const began = performance.now()
  return new Promise(resolve => {
    const state: { end?: () => void; settled: boolean } = { settled: false }
    const settle: Settle = knock => {
      if (state.settled) return
      state.settled = true
      clearTimeout(timer)
      state.end?.()
      resolve(knock)
    }
    const giveUp = () => {
      const lateMs = Math.round(performance.now() - began - deadlineMs)
      if (lateMs <= STOOD_STILL_MS) settle({ kind: 'silent' })
      else settle({ kind: 'unknown', because: `Baton stood still for ${lateMs} ms while it waited` })
    }
    const timer = setTimeout(() => setImmediate(giveUp), deadlineMs)
    try {
      state.end = begin(settle)
    } catch (error) {
      settle(knockOf(endpoint, error as NodeJS.ErrnoException))
    }
  })
}
