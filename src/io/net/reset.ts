import type { Socket } from 'node:net'

/**
 * Ends a connection so that nothing of it is delivered any more: what the kernel still holds is thrown away, where closing would
 * send it for minutes to come. One that isn't made yet has sent nothing, and a Unix socket knows no reset.
 */
export function reset(socket: Socket): void {
  if (socket.connecting || socket.remoteAddress === undefined) socket.destroy()
  else socket.resetAndDestroy()
}
