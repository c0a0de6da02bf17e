import { type Code, type Refusal, refuse } from '../../base/index.ts'
import type { Server } from '../../fleet/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { seenFiles } from '../involved.ts'

/**
 * A wrong address in baton.yaml sends every other server there for its transfers, so all peers are looked for where
 * the others would look, those too whose own files stay as they are. A key that is being changed is no reason to refuse:
 * whoever knows nothing but an older one is still there.
 */
export const peersFound: Check = {
  name: 'peers-found',
  question: 'Does every peer answer at the address that the others are given?',
  operations: ['push'],
  weight: 'refuse',
  ask: context =>
    context.fleet.servers
      .filter(({ kind }) => kind === 'peer')
      .flatMap(server => server.sets.slice(0, 1).flatMap(set => lookFor(context, server, set))),
}

function lookFor(context: CheckContext, server: Server, set: string): readonly Refusal[] {
  const marker = context.snapshot.servers.get(server.name)?.markers.get(set)
  const place = `${server.dns.address} port ${server.dns.port}`
  if (marker?.ok) {
    const { fleet, server: name } = marker.value
    if (fleet === context.fleet.name && name === server.name) return []
    return [wrongPlace(server, `at ${place} answers ${name} of fleet ${fleet}`)]
  }
  const code = marker?.error.code
  const because = marker?.error.because ?? 'it was not asked'
  if (code !== undefined && isOtherKey(code)) return []
  // A server without our state has not been given a marker yet, but something that speaks DNS must be there.
  const files = seenFiles(context, server.name)
  const isFirst = files.kind === 'seen' && files.value.state === undefined
  if (isFirst && code?.startsWith('dns.')) return []
  return [wrongPlace(server, `at ${place} it does not answer for its marker: ${because}`)]
}

function isOtherKey(code: Code): boolean {
  return code.startsWith('dns.tsig-')
}

function wrongPlace({ name }: Server, because: string): Refusal {
  return refuse({
    code: 'check.peers-found',
    subject: name,
    because,
    remedy:
      'Compare `address` and `port` in baton.yaml with listen-on of that server, and see that named runs.',
  })
}
