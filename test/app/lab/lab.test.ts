import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  createLab,
  killServer,
  type Lab,
  labFleet,
  labPaths,
  labServerPaths,
  labZones,
  listLab,
  openLab,
  PLAN_DEFAULT,
  startLab,
  startServer,
  stopLab,
  stopServer,
} from '../../../src/app/lab/index.ts'
import { waitUntil } from '../../../src/app/lab/wait.ts'
import { fetchZoneStatistics } from '../../../src/io/net/index.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

const SEARCH_PATH = process.env['PATH'] ?? ''

let lab: Lab

beforeAll(async () => {
  const temporary = await createTemporaryLab({ zones: 5, zonesDynamic: 3 })
  lab = temporary.lab
  return temporary.remove
})

function states(folder: string): Record<string, string> {
  const listed = listLab(folder)
  if (!listed.ok) throw new Error(listed.error.because)
  return Object.fromEntries(listed.value.servers.map(({ name, state }) => [name, state]))
}

test('every server serves every zone, in its role', async () => {
  for (const server of lab.servers) {
    const seen = await fetchZoneStatistics(server.statistics, { deadlineMs: 10_000 })
    if (!seen.ok) throw new Error(seen.error.because)
    const zones = labZones(lab.plan).map(zone => seen.value.zones.get(zone.name))
    expect(zones.every(zone => zone?.loaded && zone.serial === 1)).toBe(true)
    const type = server.name === 'ns1' ? 'primary' : 'secondary'
    expect(zones.map(zone => zone?.type)).toEqual(zones.map(() => type))
  }
})

test('the folder is a fleet of its own, with secrets for its owner alone', () => {
  const fleet = labFleet(lab)
  expect(fleet.ok && fleet.value.servers.map(server => server.name)).toEqual([
    'ns1',
    'ns2',
    'e1',
    'e2',
    'w1',
    'w2',
  ])
  for (const name of ['rndc', 'transfer', 'writer'])
    expect(statSync(join(labPaths(lab.folder).keys, `${name}.key`)).mode & 0o777).toBe(0o600)
  expect(openLab(lab.folder)).toEqual({ ok: true, value: lab })
})

test('lists what runs, and where', () => {
  const listed = listLab(lab.folder)
  expect(listed.ok && listed.value.servers.map(server => server.state)).toEqual(Array(6).fill('running'))
  const ports = lab.servers.flatMap(server => [server.dns.port, server.control.port, server.statistics.port])
  expect(new Set(ports).size).toBe(18)
})

test('refuses to be made where a lab is; what runs goes on when it is started', async () => {
  const again = await createLab({
    folder: lab.folder,
    name: 'lab',
    plan: PLAN_DEFAULT,
    searchPath: SEARCH_PATH,
  })
  expect(!again.ok && again.error.code).toBe('lab.exists')
  const before = listLab(lab.folder)
  expect(await startLab(lab.folder)).toMatchObject({ ok: true })
  expect(listLab(lab.folder)).toEqual(before)
  const twice = await startServer(lab, 'ns1', 'answering')
  expect(!twice.ok && twice.error.code).toBe('lab.running')
  expect(Object.values(states(lab.folder))).toEqual(Array(6).fill('running'))
})

test('refuses a folder with anything else in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-other-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'precious'), 'mine')
  const made = await createLab({ folder, name: 'lab', plan: PLAN_DEFAULT, searchPath: SEARCH_PATH })
  expect(!made.ok && made.error.code).toBe('lab.folder-not-empty')
  const stopped = await stopLab(folder)
  expect(!stopped.ok && stopped.error.code).toBe('lab.folder-not-ours')
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('mine')
})

test('a killed server is gone, and comes back with its zones', async () => {
  await killServer(lab, 'e1')
  expect(states(lab.folder)['e1']).toBe('gone')
  expect(await startServer(lab, 'e1', 'loaded')).toEqual({ ok: true, value: undefined })
  expect(states(lab.folder)['e1']).toBe('running')
})

test('does not start where something else listens', async () => {
  await stopServer(lab, 'e2')
  const e2 = lab.servers.find(server => server.name === 'e2')
  const squatter = createServer().listen(e2?.dns.port, '127.0.0.1')
  await once(squatter, 'listening')
  const blocked = await startServer(lab, 'e2', 'loaded')
  squatter.close()
  await once(squatter, 'close')
  expect(!blocked.ok && blocked.error.code).toBe('lab.port-taken')
  expect((await startServer(lab, 'e2', 'loaded')).ok).toBe(true)
})

test('quotes the log of a server that does not start', async () => {
  const { namedConf } = labServerPaths(lab.folder, 'w1')
  const right = readFileSync(namedConf, 'utf8')
  await stopServer(lab, 'w1')
  writeFileSync(namedConf, `${right}\nnonsense;\n`)
  const started = await startServer(lab, 'w1', 'loaded')
  writeFileSync(namedConf, right)
  expect(!started.ok && started.error.code).toBe('lab.named-not-started')
  expect(!started.ok && started.error.because).toContain("unknown option 'nonsense'")
  expect((await startServer(lab, 'w1', 'loaded')).ok).toBe(true)
})

test('knows its servers', async () => {
  const started = await startServer(lab, 'ns9', 'loaded')
  expect(!started.ok && started.error.code).toBe('lab.unknown-server')
})

test('stops all, leaves nothing behind, and starts again as it was', async () => {
  const listed = listLab(lab.folder)
  const pids = listed.ok ? listed.value.servers.map(server => server.pid) : []
  expect((await stopLab(lab.folder)).ok).toBe(true)
  expect(Object.values(states(lab.folder))).toEqual(Array(6).fill('gone'))
  expect(await waitUntil(() => !pids.some(pid => existsSync(`/proc/${pid}`)), 10_000)).toBe('so')
  expect((await stopLab(lab.folder)).ok).toBe(true)
  expect((await startLab(lab.folder)).ok).toBe(true)
  expect(Object.values(states(lab.folder))).toEqual(Array(6).fill('running'))
})
