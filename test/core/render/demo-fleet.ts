import { type DomainName, parseDomainName, SharedKey } from '../../../src/core/base/index.ts'
import type {
  Fleet,
  Peer,
  Policy,
  Secondary,
  ServerBase,
  View,
  ZoneSet,
} from '../../../src/core/fleet/index.ts'
import { type Release, type Rendering, render, type Sources } from '../../../src/core/render/index.ts'

/** A fleet for tests, with the texts that rendering it starts from. */
export type Demo = { readonly fleet: Fleet; readonly sources: Sources }

/** What a test decides about its fleet; everything else is the same in all. */
export type DemoWishes = {
  /** Where the servers' folders are, absolute. */
  readonly folder?: string
  /** View name (or `default` for none) → text of its zone blocks; the only set. */
  readonly zones?: Readonly<Record<string, string>>
  /** Set name → first active and zone text, for several sets without views. */
  readonly sets?: Readonly<Record<string, { readonly firstActive: string; readonly zones: string }>>
  readonly views?: readonly View[]
  /** Text of the base of every server that is named here. */
  readonly bases?: Readonly<Record<string, string>>
  readonly shared?: string
  /** Server name → port of DNS; control is 100 above it, statistics 200. */
  readonly ports?: Readonly<Record<string, number>>
  readonly release?: Release
  readonly policy?: Partial<Policy>
}

const SERVERS = ['ns1', 'ns2', 'e1', 'w1'] as const

const POLICY: Policy = {
  transferKey: 'transfer',
  notifyDelayS: 1,
  notifyRate: 1000,
  masterfileFormat: 'text',
  writePauseMaxS: 30,
  convergenceMaxS: 60,
  serialStep: 1_000_000,
  clockSkewMaxS: 60,
  freeSpaceMinBytes: 1_000_000,
  keepRuns: 20,
}

/** Two peers, and a secondary for each to follow first. */
export function makeDemo(wishes: DemoWishes): Demo {
  const folder = wishes.folder ?? '/srv/demo'
  const texts = new Map<string, string>()
  const put = (name: string, text: string | undefined) => {
    if (text === undefined) return undefined
    texts.set(`${folder}/${name}`, text)
    return `${folder}/${name}`
  }
  const zoneSets = wishes.sets === undefined ? [onlySet(wishes, put)] : manySets(wishes.sets, put)
  const base = (name: string, index: number): ServerBase => {
    const port = wishes.ports?.[name] ?? 5301 + index
    return {
      name,
      dns: { address: '127.0.0.1', port },
      control: { address: '127.0.0.1', port: port + 100, key: 'rndc' },
      statistics: { address: '127.0.0.1', port: port + 200 },
      reach: { kind: 'local' },
      paths: { configuration: `${folder}/${name}/etc`, directory: `${folder}/${name}/var` },
      user: undefined,
      base: put(`${name}.conf`, wishes.bases?.[name]),
      sets: zoneSets.map(set => set.name),
    }
  }
  const fleet: Fleet = {
    name: 'demo',
    file: `${folder}/baton.yaml`,
    folder,
    marker: domain('standby-mode'),
    servers: SERVERS.map((name, index): Peer | Secondary => {
      if (name === 'ns1' || name === 'ns2') return { kind: 'peer', ...base(name, index) }
      return {
        kind: 'secondary',
        group: name === 'e1' ? 'east' : 'west',
        managed: true,
        ...base(name, index),
      }
    }),
    groups: [
      { name: 'east', follows: ['ns1', 'ns2'] },
      { name: 'west', follows: ['ns2', 'ns1'] },
    ],
    keys: [...KEYS.keys()].map(name => ({ name, file: `${folder}/keys/${name}.key` })),
    zoneSets,
    views: wishes.views ?? [],
    shared: put('shared.conf', wishes.shared),
    fence: undefined,
    policy: { ...POLICY, ...wishes.policy },
  }
  const release = wishes.release
  const releases = new Map(release === undefined ? [] : SERVERS.map(name => [name, release] as const))
  return { fleet, sources: { texts, keys: KEYS, releases } }
}

/** The rendering of a fleet that renders; its diagnostics as an error otherwise. */
export function renderDemo({ fleet, sources }: Demo): Rendering {
  const result = render(fleet, sources, new Map())
  if (!result.ok) throw new Error(result.error.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return result.value
}

/** Keys whose secrets are nobody's. */
export const KEYS: ReadonlyMap<string, SharedKey> = new Map(
  ['transfer', 'rndc', 'writer', 'inside', 'outside'].map(name => [
    name,
    new SharedKey(name, 'hmac-sha256', new TextEncoder().encode(`not a secret: ${name}`)),
  ]),
)

export function domain(text: string): DomainName {
  const name = parseDomainName(text)
  if (!name.ok) throw new Error(name.error)
  return name.value
}

type Put = (name: string, text: string) => string | undefined

function onlySet(wishes: DemoWishes, put: Put): ZoneSet {
  const zones = Object.entries(wishes.zones ?? { default: '' }).map(([view, text]) => ({
    view: wishes.views === undefined ? undefined : view,
    file: put(`${view}.zones.conf`, text) ?? '',
  }))
  return { name: 'default', firstActive: 'ns1', zones }
}

function manySets(sets: NonNullable<DemoWishes['sets']>, put: Put): readonly ZoneSet[] {
  return Object.entries(sets).map(([name, set]) => ({
    name,
    firstActive: set.firstActive,
    zones: [{ view: undefined, file: put(`${name}.zones.conf`, set.zones) ?? '' }],
  }))
}
