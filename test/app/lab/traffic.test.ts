import { beforeAll, expect, test } from 'vitest'
import {
  findMissing,
  killServer,
  type Lab,
  labZones,
  readLabKey,
  startQuerier,
  startServer,
  startWriter,
} from '../../../src/app/lab/index.ts'
import { waitUntil } from '../../../src/app/lab/wait.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

let lab: Lab

beforeAll(async () => {
  const temporary = await createTemporaryLab({ zones: 10, zonesDynamic: 6 })
  lab = temporary.lab
  return temporary.remove
})

function startLabWriter(updatesMax: number) {
  const key = readLabKey(lab.folder, 'writer')
  if (!key.ok) throw new Error(key.error.because)
  return startWriter({
    endpoints: lab.servers.filter(server => server.kind === 'peer').map(server => server.dns),
    key: key.value,
    zones: labZones(lab.plan).flatMap(zone => (zone.updates === 'none' ? [] : [zone.name])),
    ratePerSecond: 200,
    updatesMax,
  })
}

test('what is acknowledged through either peer arrives at every server', async () => {
  const writer = startLabWriter(120)
  expect(await waitUntil(() => writer.progress().acknowledged === 120, 20_000)).toBe('so')
  const report = await writer.stop()
  expect(report.unacknowledged).toEqual([])
  expect(new Set(report.updates.map(update => update.name)).size).toBe(120)
  const through = new Set(report.updates.map(update => update.via.port))
  expect(through.size).toBe(2)
  let missing = await findMissing(
    report.updates,
    lab.servers.map(server => server.dns),
  )
  const arrived = await waitUntil(async () => {
    missing = await findMissing(
      report.updates,
      lab.servers.map(server => server.dns),
    )
    return missing.ok && missing.value.length === 0
  }, 20_000)
  expect([arrived, missing]).toEqual(['so', { ok: true, value: [] }])
})

test('what was never written is missing everywhere', async () => {
  const never = labZones(lab.plan).map(({ name }) => ({ zone: name, name, value: 'never written' }))
  const missing = await findMissing(
    never,
    lab.servers.map(server => server.dns),
  )
  expect(missing.ok && missing.value.length).toBe(10 * 6)
})

test('a writer goes on trying while the active is down', async () => {
  const writer = startLabWriter(1_000)
  await waitUntil(() => writer.progress().acknowledged > 0, 10_000)
  await killServer(lab, 'ns1')
  await waitUntil(() => writer.progress().failures + writer.progress().refusals > 0, 10_000)
  await startServer(lab, 'ns1', 'loaded')
  const before = writer.progress().acknowledged
  await waitUntil(() => writer.progress().acknowledged > before + 10, 20_000)
  const report = await writer.stop()
  expect(report.unacknowledged).toEqual([])
  expect(report.updates.length).toBe(report.begun)
  const missing = await findMissing(
    report.updates,
    lab.servers.filter(({ name }) => name === 'ns1').map(server => server.dns),
  )
  expect(missing).toEqual({ ok: true, value: [] })
})

test('a querier tells right answers from none', async () => {
  const querier = startQuerier({
    endpoints: lab.servers.filter(server => server.group === 'east').map(server => server.dns),
    zones: labZones(lab.plan).map(zone => zone.name),
    ratePerSecond: 200,
    patienceMs: 500,
  })
  await waitUntil(() => querier.progress().answered > 50, 10_000)
  expect(querier.progress()).toMatchObject({ unanswered: 0, wrong: 0, mishaps: [] })
  await killServer(lab, 'e1')
  await waitUntil(() => querier.progress().unanswered > 0, 10_000)
  const report = await querier.stop()
  expect(report.unanswered).toBeGreaterThan(0)
  expect(report.wrong).toBe(0)
  expect(report.asked).toBe(report.answered + report.unanswered)
  expect((await startServer(lab, 'e1', 'loaded')).ok).toBe(true)
})
