import type { Endpoint, Server } from '../../fleet/index.ts'
import type { Path } from '../places.ts'
import type { FleetCheck } from './check.ts'

type Listener = { readonly what: string; readonly endpoint: Endpoint; readonly path: Path }

/** No two things listen on one address and port. */
export const checkEndpoints: FleetCheck = ({ fleet }) => {
  const taken = new Map<string, Listener>()
  return fleet.servers.flatMap(listenersOf).flatMap(listener => {
    const place = printEndpoint(listener.endpoint)
    const earlier = taken.get(place)
    if (earlier === undefined) {
      taken.set(place, listener)
      return []
    }
    return [
      {
        code: 'fleet.endpoint-taken',
        severity: 'error',
        path: listener.path,
        about: 'value',
        message: `${listener.what} cannot listen on ${place}: ${earlier.what} does.`,
      },
    ]
  })
}

function listenersOf(server: Server): Listener[] {
  const path = ['servers', server.name]
  const { dns, control, statistics } = server
  const always = [
    { what: `DNS of \`${server.name}\``, endpoint: dns, path: [...path, 'address'] },
    { what: `rndc of \`${server.name}\``, endpoint: control, path: [...path, 'rndc', 'port'] },
  ]
  if (statistics === undefined) return always
  return [
    ...always,
    { what: `Statistics of \`${server.name}\``, endpoint: statistics, path: [...path, 'statistics'] },
  ]
}

function printEndpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
