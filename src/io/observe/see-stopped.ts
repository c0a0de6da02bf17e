import type { Failure, Result } from '../../core/base/index.ts'
import { markerOf } from '../../core/fleet/index.ts'
import { queryTxt } from '../net/index.ts'
import type { FleetLinks, ServerLink } from './link.ts'
import { seeNamed } from './see-named.ts'
import { viewKey } from './see-zones.ts'

/**
 * Whether named on a server has stopped: nobody listens on its control channel nor for DNS, and no process of it is there. A silence,
 * a timeout or an error proves nothing; `because` says which of the three speaks against it, or could not be asked.
 */
export type Stopped = { readonly kind: 'stopped' } | { readonly kind: 'not-proven'; readonly because: string }

export async function seeStopped(links: FleetLinks, link: ServerLink, set: string): Promise<Stopped> {
  const { name, paths } = link.server
  const marker = markerOf(links.fleet, set)
  const key = viewKey(links, links.fleet.views[0]?.name ?? '_default')
  const [control, dns, process] = await Promise.all([
    seeNamed(link),
    queryTxt(link.dns, marker, { key, deadlineMs: links.questionMs }),
    link.host.namedRuns(`${paths.configuration}/named.conf`),
  ])
  if (control.ok) return notProven(`named on ${name} answers on its control channel`)
  if (!isRefusal(control)) return notProven(control.error.because)
  if (dns.ok) return notProven(`${name} answers DNS`)
  if (!isRefusal(dns)) return notProven(dns.error.because)
  if (!process.ok) return notProven(process.error.because)
  return process.value ? notProven(`a process of named is there on ${name}`) : { kind: 'stopped' }
}

/** The machine itself says that nobody listens there. */
function isRefusal(result: Result<unknown, Failure>): boolean {
  return !result.ok && result.error.refused === true
}

function notProven(because: string): Stopped {
  return { kind: 'not-proven', because }
}
