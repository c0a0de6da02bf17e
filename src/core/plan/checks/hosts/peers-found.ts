import { type Code, type Refusal, refuse } from '../../../base/index.ts'
import type { Server } from '../../../fleet/index.ts'
import type { SeenFiles } from '../../../snapshot/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { seenFiles } from '../../involved.ts'

/**
 * A wrong address in baton.yaml sends every other server there for its transfers, so all peers are looked for where
 * the others would look, those too whose own files stay as they are. A key that is being changed is no reason to refuse:
 * whoever knows nothing but an older one is still there.
 */
export const peersFound: Check = {
  name: 'peers-found',
  question: 'Does every peer answer at the address that the others are given?',
  meaning:
    'A peer does not answer for its marker at the address in baton.yaml, or another server does. The other servers would be sent there for their transfers.',
  remedy: 'Compare `address` and `port` with listen-on of that server, and see that named runs.',
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
  const files = seenFiles(context, server.name)
  if (code !== undefined && files.kind === 'seen' && isExcused(context, server, { code, files: files.value }))
    return []
  return [wrongPlace(server, `at ${place} it does not answer for its marker: ${because}`)]
}

/**
 * A server without our state has not been given a marker yet, but something that speaks DNS must be there. One that
 * knows another key is excused where its files hold another too; if they hold ours, somebody else answered.
 */
function isExcused(context: CheckContext, { name }: Server, { code, files }: Silence): boolean {
  if (files.state === undefined) return code.startsWith('dns.')
  const rendered = context.expected.get(name)?.digests
  const changed = [...(rendered ?? [])].some(
    ([path, digest]) => path.endsWith('/baton/shared.conf') && files.digests.get(path) !== digest,
  )
  return changed && OTHER_KEY.has(code)
}

type Silence = { readonly code: Code; readonly files: SeenFiles }

const OTHER_KEY: ReadonlySet<Code> = new Set(['dns.tsig-server-bad-key', 'dns.tsig-server-bad-signature'])

function wrongPlace({ name }: Server, because: string): Refusal {
  return refuse({
    code: 'check.peers-found',
    subject: name,
    because,
    remedy:
      'Compare `address` and `port` in baton.yaml with listen-on of that server, and see that named runs.',
  })
}
