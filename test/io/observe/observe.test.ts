import { createServer, type Server as TcpServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breakLab, type Lab, mendLab } from '../../../src/app/lab/index.ts'
import { SharedKey } from '../../../src/core/base/index.ts'
import type { PreflightQuestions } from '../../../src/io/observe/index.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'
import { type LabFleet, look, readLabFleet, seenOf, withServerAt } from './lab-links.ts'

const ZONES = 6
const LAB_READY_MS = 120_000
const LOOK_MS = 60_000
/** All that a peer can be asked but `named-checkconf`, which has its own tests. */
const EVERYTHING: PreflightQuestions = {
  configuration: undefined,
  disk: true,
  frozen: true,
  signingKeys: true,
  transfers: true,
  managed: true,
}

let temporary: TemporaryLab
let lab: Lab
let known: LabFleet

beforeAll(async () => {
  temporary = await createTemporaryLab({
    zones: ZONES,
    zonesDynamic: 3,
    groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
  })
  lab = temporary.lab
  known = await readLabFleet(lab.folder)
}, LAB_READY_MS)
afterAll(() => temporary.remove(), LAB_READY_MS)

function serialsIn(zones: Awaited<ReturnType<typeof seenZonesOf>>): ReadonlyMap<string, unknown> {
  const managed = new Set((known.rendered.get('e1')?.zones ?? []).map(({ name }): string => name))
  return new Map([...zones].filter(([id]) => managed.has(id)).map(([id, { serial }]) => [id, serial]))
}

async function seenZonesOf(fleet: LabFleet, server: string) {
  const { zones } = seenOf(await look(fleet), server)
  if (!zones.ok) throw new Error(zones.error.because)
  return zones.value.zones
}

describe('a fleet that is well', () => {
  it(
    'is seen whole: zones, named, markers, files',
    async () => {
      const snapshot = await look(known)
      expect([...snapshot.servers.keys()]).toEqual(['ns1', 'ns2', 'e1'])
      const ns1 = seenOf(snapshot, 'ns1')
      expect(ns1).toMatchObject({
        zones: { ok: true, value: { source: 'statistics' } },
        named: { ok: true, value: { reloadFailed: false } },
        files: { ok: true, value: { lock: undefined, state: { server: 'ns1' } } },
        preflight: undefined,
      })
      expect(ns1.markers.get('default')).toMatchObject({ ok: true, value: { role: 'active', server: 'ns1' } })
      expect(seenOf(snapshot, 'ns2').markers.get('default')).toMatchObject({ value: { role: 'standby' } })
      const e1 = seenOf(snapshot, 'e1')
      expect(e1.markers.size).toBe(0)
      expect(e1.files).toMatchObject({ ok: true, value: { state: undefined } })
    },
    LOOK_MS,
  )

  it(
    'answers the slower questions where they are asked',
    async () => {
      const { preflight } = seenOf(await look(known, new Map([['ns1', EVERYTHING]])), 'ns1')
      expect(preflight).toMatchObject({
        disk: { ok: true },
        frozen: { ok: true },
        folders: { ok: true },
        clock: { ok: true },
        signingKeys: { ok: true, value: new Map() },
        signingKeyStates: { ok: true, value: [] },
        transfers: [],
        configuration: undefined,
      })
      expect(preflight?.frozen?.ok && [...preflight.frozen.value.values()]).toEqual([false, false, false])
      expect(preflight?.disk?.ok && preflight.disk.value.size).toBe(ZONES)
      const folders = preflight?.folders?.ok ? preflight.folders.value : []
      expect(folders.map(({ path }) => path).some(path => path.endsWith('/zones'))).toBe(true)
      expect(folders.filter(({ writable }) => !writable)).toEqual([])
    },
    LOOK_MS,
  )

  it(
    'is told the same serials by DNS alone, and no types',
    async () => {
      const byDns = withServerAt(known, 'e1', { statistics: undefined })
      const zones = await seenZonesOf(byDns, 'e1')
      expect(serialsIn(zones)).toEqual(serialsIn(await seenZonesOf(known, 'e1')))
      expect(serialsIn(zones).size).toBe(ZONES)
      expect([...zones.values()].map(({ type }) => type)).toEqual(Array(ZONES).fill('unknown'))
    },
    LOOK_MS,
  )

  it(
    'has no control channel or files to look at on a secondary that is only watched',
    async () => {
      const watched = withServerAt(known, 'e1', { managed: false })
      expect(seenOf(await look(watched), 'e1')).toMatchObject({
        zones: { ok: true },
        named: undefined,
        files: undefined,
      })
    },
    LOOK_MS,
  )
})

describe('a server that hangs', () => {
  it(
    'is not seen, within the deadline, and the others are',
    async () => {
      expect((await breakLab(lab.folder, { kind: 'hang', server: 'ns2' })).ok).toBe(true)
      try {
        const snapshot = await look(known)
        const ns2 = seenOf(snapshot, 'ns2')
        expect([ns2.zones.ok, ns2.named?.ok, ns2.markers.get('default')?.ok]).toEqual([false, false, false])
        // Its files are there all the same.
        expect(ns2.files?.ok).toBe(true)
        expect(seenOf(snapshot, 'ns1')).toMatchObject({ zones: { ok: true }, named: { ok: true } })
      } finally {
        await mendLab(lab.folder)
      }
    },
    LOOK_MS,
  )
})

describe('what is not the server we take it for', () => {
  let stranger: TcpServer | undefined
  afterAll(() => stranger?.close())

  it(
    'something that is not BIND on its ports is a failure in each part',
    async () => {
      const port = await new Promise<number>(resolve => {
        // Whoever asked may reset the connection.
        stranger = createServer(socket =>
          socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n'),
        ).listen(0, '127.0.0.1', () => {
          const address = stranger?.address()
          resolve(typeof address === 'object' && address !== null ? address.port : 0)
        })
      })
      const place = { address: '127.0.0.1', port }
      const misled = withServerAt(known, 'e1', {
        dns: place,
        statistics: place,
        control: { ...place, key: known.fleet.servers[0]?.control.key ?? '' },
      })
      const e1 = seenOf(await look(misled), 'e1')
      expect([e1.zones.ok, e1.named?.ok]).toEqual([false, false])
    },
    LOOK_MS,
  )

  it(
    'another server of the fleet says its own name',
    async () => {
      const ns1 = known.fleet.servers.find(({ name }) => name === 'ns1')
      if (ns1 === undefined) throw new Error('no ns1')
      const misled = withServerAt(known, 'ns2', { dns: ns1.dns })
      expect(seenOf(await look(misled), 'ns2').markers.get('default')).toMatchObject({
        ok: true,
        value: { server: 'ns1', role: 'active' },
      })
    },
    LOOK_MS,
  )

  it(
    'with keys that it does not know the marker does not answer; rndc does, by the key in its own files',
    async () => {
      const keys = new Map(
        [...known.keys.keys()].map(name => [
          name,
          new SharedKey(name, 'hmac-sha256', new TextEncoder().encode('not its secret')),
        ]),
      )
      const ns1 = seenOf(await look({ ...known, keys }), 'ns1')
      expect(ns1.zones.ok).toBe(true)
      expect(ns1.named).toMatchObject({ ok: true })
      expect(ns1.markers.get('default')).toMatchObject({ ok: false })
    },
    LOOK_MS,
  )
})
