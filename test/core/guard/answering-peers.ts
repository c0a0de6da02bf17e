import type { SharedKey } from '../../../src/core/base/index.ts'
import type { Answer } from '../../../src/core/guard/index.ts'
import { keyStatement, Named, testKey } from '../../io/net/named.ts'

/** The term that the server under test was in. */
export const OWN_TERM = 7

/** Real servers, each of which gives one kind of answer to the guard's question; a peer is called as its answer. */
export type AnsweringPeers = {
  readonly key: SharedKey
  readonly ports: ReadonlyMap<Answer, number>
  stop(): Promise<void>
}

/** Where nobody answers: the discard port, which no test server uses. */
const PORT_SILENT = 9

type Words = { readonly role: string; readonly term: number | string; readonly fleet: string }

const MARKERS: Readonly<Record<Exclude<Answer, 'silent'>, Words>> = {
  'higher-term': { role: 'standby', term: OWN_TERM + 1, fleet: 'demo' },
  rival: { role: 'active', term: OWN_TERM, fleet: 'demo' },
  'wrong-key': { role: 'standby', term: OWN_TERM, fleet: 'demo' },
  'foreign-marker': { role: 'standby', term: OWN_TERM, fleet: 'another' },
  'no-marker': { role: 'standby', term: 'seven', fleet: 'demo' },
  confirms: { role: 'standby', term: OWN_TERM, fleet: 'demo' },
  'outdated-peer': { role: 'active', term: OWN_TERM - 1, fleet: 'demo' },
}

export async function startAnsweringPeers(): Promise<AnsweringPeers> {
  const key = testKey('transfer')
  const started = await Promise.all(
    Object.entries(MARKERS).map(async ([answer, words]) => {
      const theirs = answer === 'wrong-key' ? testKey('transfer') : key
      return [answer as Answer, await startMarker(answer, words, theirs)] as const
    }),
  )
  const ports = new Map<Answer, number>(started.map(([answer, named]) => [answer, named.endpoint.port]))
  ports.set('silent', PORT_SILENT)
  return {
    key,
    ports,
    async stop() {
      await Promise.all(started.map(([, named]) => named.stop()))
    },
  }
}

function startMarker(server: string, { role, term, fleet }: Words, key: SharedKey): Promise<Named> {
  const strings = [`role=${role}`, `term=${term}`, `server=${server}`, `fleet=${fleet}`]
  const text = [...strings, 'since=2026-01-02T03:04:05Z', 'set=default']
    .map(string => `"${string}"`)
    .join(' ')
  return Named.start({
    configuration: `${keyStatement(key)}
      zone "standby-mode" { type primary; file "marker.db"; allow-query { key "${key.name}"; }; };`,
    files: {
      'marker.db': `$TTL 0\n@ SOA invalid. nobody.invalid. 1 3600 600 86400 0\n@ NS invalid.\n@ TXT ${text}\n`,
    },
  })
}
