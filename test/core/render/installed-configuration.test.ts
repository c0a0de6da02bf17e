import { describe, expect, it } from 'vitest'
import type { Fleet, Peer, Server } from '../../../src/core/fleet/index.ts'
import {
  composeConfiguration,
  configurationFrom,
  type Role,
  rolesOf,
  type Sources,
  type Standing,
} from '../../../src/core/render/index.ts'
import { CORPUS } from './corpus.ts'
import type { Demo } from './demo-fleet.ts'

const ROLES: readonly Role[] = ['active', 'standby']

/** As in the corpus, and with a third peer. */
const FLEETS = Object.entries(CORPUS).flatMap(([name, make]): [string, Demo][] => {
  const demo = make('/srv/demo')
  const servers = demo.fleet.servers.map(
    (server): Server => (server.name === 'e1' ? { ...server, kind: 'peer' } : server),
  )
  return [
    [name, demo],
    [`${name}, three peers`, { ...demo, fleet: { ...demo.fleet, servers } }],
  ]
})

describe.each(FLEETS)('what a push installed, in a fleet with %s', (_name, { fleet, sources }) => {
  const peers = fleet.servers.filter((server): server is Peer => server.kind === 'peer')
  const cases = peers.flatMap(peer =>
    standingsOf(fleet, peer).flatMap(standings =>
      [undefined, ...peer.sets].flatMap(closed =>
        subsets(fleet.servers.map(({ name }) => name).filter(name => name !== peer.name)).map(absent => ({
          peer,
          standings,
          closed,
          absent,
        })),
      ),
    ),
  )

  it('is turned into any other of its configurations, byte by byte as it would be rendered', () => {
    expect(cases.length).toBeGreaterThan(16)
    for (const request of cases) {
      const { peer, standings, closed, absent } = request
      const text = installedOn(fleet, sources, peer)
      const made = configurationFrom(fleet, { peer, text }, { roles: rolesOf(standings), closed, absent })
      expect(made).toEqual(composeConfiguration(fleet, sources, request))
    }
  })

  it('is not taken for what it is not', () => {
    for (const peer of peers) {
      const roles = rolesOf(standingsOf(fleet, peer)[0] ?? [])
      const text = installedOn(fleet, sources, peer)
      const without = (word: string) =>
        text
          .split('\n')
          .filter(line => !line.includes(word))
          .join('\n')
      for (const other of ['', without('Written by Baton'), without('/marker/'), without('zones.conf"')])
        expect(configurationFrom(fleet, { peer, text: other }, { roles }).ok).toBe(false)
    }
  })

  it('loses the lines of a server that is gone where the fleet file names other addresses since', () => {
    const [peer, gone] = peers
    if (peer === undefined || gone === undefined) throw new Error('there are two')
    const moved = {
      ...fleet,
      servers: fleet.servers.map(server =>
        server.kind === 'secondary' ? { ...server, dns: { ...server.dns, address: '192.0.2.99' } } : server,
      ),
    }
    const roles = rolesOf(standingsOf(fleet, peer).at(-1) ?? [])
    const text = installedOn(fleet, sources, peer)
    const made = configurationFrom(moved, { peer, text }, { roles, absent: [gone.name] })
    const line = `\t${gone.dns.address} port ${gone.dns.port} key `
    expect(text).toContain(line)
    expect(made.ok && made.value).not.toContain(line)
    expect(made.ok && made.value).not.toContain('192.0.2.99')
  })
})

function installedOn(fleet: Fleet, sources: Sources, peer: Peer): string {
  const standings = standingsOf(fleet, peer).at(-1) ?? []
  const composed = composeConfiguration(fleet, sources, { peer, standings })
  if (!composed.ok) throw new Error(JSON.stringify(composed.error))
  return composed.value
}

/** Every way in which a peer can stand for its sets; in the last it is standby for all of them. */
function standingsOf({ zoneSets }: Fleet, { sets }: Peer): readonly (readonly Standing[])[] {
  return zoneSets
    .filter(({ name }) => sets.includes(name))
    .reduce<readonly (readonly Standing[])[]>(
      (known, { name: set }) =>
        ROLES.flatMap(role =>
          known.map(own => [...own, { set, role, term: 3, since: '2026-01-01T00:00:00Z' }]),
        ),
      [[]],
    )
}

function subsets(names: readonly string[]): readonly (readonly string[])[] {
  return names.reduce<readonly (readonly string[])[]>(
    (known, name) => known.concat(known.map(own => [...own, name])),
    [[]],
  )
}
