import type { Endpoint, Server } from '../../fleet/index.ts'
import type { Path } from '../places.ts'
import type { FleetCheck } from './check.ts'

type Listener = {
  readonly what: string
  readonly endpoint: Endpoint
  readonly path: Path
  readonly remedy: string
}

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
        remedy: listener.remedy,
      },
    ]
  })
}

function listenersOf({ name, dns, control, statistics }: Server): Listener[] {
  const path = ['servers', name]
  const remedy = `Give \`${name}\` another \`address\` or \`port\``
  const always = [
    { what: `DNS of \`${name}\``, endpoint: dns, path: [...path, 'address'], remedy: `${remedy}.` },
    {
      what: `rndc of \`${name}\``,
      endpoint: control,
      path: [...path, 'rndc', 'port'],
      remedy: `${remedy} under \`rndc\`.`,
    },
  ]
  if (statistics === undefined) return always
  return [
    ...always,
    {
      what: `Statistics of \`${name}\``,
      endpoint: statistics,
      path: [...path, 'statistics'],
      remedy: `${remedy} under \`statistics\`.`,
    },
  ]
}

function printEndpoint({ address, port }: Endpoint): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}
