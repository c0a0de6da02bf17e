import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import {
  type Break,
  breakLab,
  killServer,
  type Lab,
  labServerPaths,
  listLab,
  mendLab,
  startServer,
} from '../../../src/app/lab/index.ts'
import { waitUntil } from '../../../src/app/lab/wait.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

/** The first zone is dynamic by `allow-update` or `update-policy`. */
const ZONE = 'z1.example'

let lab: Lab

beforeAll(async () => {
  const temporary = await createTemporaryLab({ zones: 3, zonesDynamic: 3 })
  lab = temporary.lab
  return temporary.remove
})

/** Breaks it, and says what `seen` sees then and, after mending, again. */
async function breakAndMend(
  what: Break,
  seen: () => string,
  expected: readonly [string, string],
): Promise<void> {
  expect(await breakLab(lab.folder, what)).toEqual({ ok: true, value: undefined })
  expect(await breakLab(lab.folder, what)).toMatchObject({ ok: false, error: { code: 'lab.broken-already' } })
  await waitUntil(() => seen() === expected[0], 15_000)
  expect(seen()).toBe(expected[0])
  expect(await mendLab(lab.folder)).toEqual({ ok: true, value: [what] })
  await waitUntil(() => seen() === expected[1], 15_000)
  expect(seen()).toBe(expected[1])
  expect(await mendLab(lab.folder)).toEqual({ ok: true, value: [] })
}

function state(server: string): () => string {
  return () => {
    const listed = listLab(lab.folder)
    return (listed.ok && listed.value.servers.find(({ name }) => name === server)?.state) || '?'
  }
}

function dig(server: string, ...question: string[]): string {
  const port = lab.servers.find(({ name }) => name === server)?.dns.port
  return execFileSync('dig', ['@127.0.0.1', '-p', `${port}`, '+short', ...question], {
    encoding: 'utf8',
  }).trim()
}

function zonestatus(server: string): string {
  const port = lab.servers.find(({ name }) => name === server)?.control.port
  const key = `${lab.folder}/keys/rndc.key`
  return execFileSync('rndc', ['-k', key, '-s', '127.0.0.1', '-p', `${port}`, 'zonestatus', ZONE], {
    encoding: 'utf8',
  })
}

test('crash', () => breakAndMend({ kind: 'crash', server: 'e1' }, state('e1'), ['gone', 'running']))

test('hang', () => breakAndMend({ kind: 'hang', server: 'ns2' }, state('ns2'), ['hung', 'running']))

test('freeze', () =>
  breakAndMend(
    { kind: 'freeze', server: 'ns1', zone: ZONE },
    () => /frozen: (\w+)/.exec(zonestatus('ns1'))?.[1] ?? '?',
    ['yes', 'no'],
  ))

test('corrupt', () => {
  const file = `${labServerPaths(lab.folder, 'ns2').directory}/zones/${ZONE}.db`
  const look = () => (readFileSync(file, 'utf8').includes('SOA') ? 'a zone' : 'garbage')
  return breakAndMend({ kind: 'corrupt', server: 'ns2', zone: ZONE }, look, ['garbage', 'a zone'])
})

test('fork: the same serial, other content', async () => {
  const serial = dig('ns1', ZONE, 'SOA')
  await breakAndMend(
    { kind: 'fork', server: 'w1', zone: ZONE },
    () => `${dig('w1', ZONE, 'SOA') === serial} ${dig('w1', `forked.${ZONE}`, 'TXT')}`,
    ['true "only on w1"', 'true '],
  )
})

test('drift', () => {
  const { namedConf } = labServerPaths(lab.folder, 'ns1')
  const right = readFileSync(namedConf, 'utf8')
  const look = () => (readFileSync(namedConf, 'utf8') === right ? 'as rendered' : 'edited')
  return breakAndMend({ kind: 'drift', server: 'ns1' }, look, ['edited', 'as rendered'])
})

test('two actives', () =>
  breakAndMend(
    { kind: 'two-actives', server: 'ns2' },
    () => /type: (\w+)/.exec(zonestatus('ns2'))?.[1] ?? '?',
    ['primary', 'secondary'],
  ))

test.each<[string, Break, string]>([
  ['an unknown server', { kind: 'crash', server: 'ns9' }, 'lab.unknown-server'],
  ['an unknown zone', { kind: 'freeze', server: 'ns1', zone: 'z9.example' }, 'lab.unknown-zone'],
  ['a fork of the active', { kind: 'fork', server: 'ns1', zone: ZONE }, 'lab.wrong-role'],
  ['a second active where one is', { kind: 'two-actives', server: 'ns1' }, 'lab.wrong-role'],
  ['a secondary as active', { kind: 'two-actives', server: 'e1' }, 'lab.wrong-role'],
  ['freezing on a standby', { kind: 'freeze', server: 'ns2', zone: ZONE }, 'rndc.zone-not-primary'],
])('refuses %s, and notes nothing', async (_, what, code) => {
  expect(await breakLab(lab.folder, what)).toMatchObject({ ok: false, error: { code } })
  expect(await mendLab(lab.folder)).toEqual({ ok: true, value: [] })
})

test('mends what was broken one after another on one server', async () => {
  const corrupt: Break = { kind: 'corrupt', server: 'ns1', zone: ZONE }
  const crash: Break = { kind: 'crash', server: 'ns1' }
  expect(await breakLab(lab.folder, corrupt)).toMatchObject({ ok: true })
  expect(await breakLab(lab.folder, crash)).toMatchObject({ ok: true })
  const hang = await breakLab(lab.folder, { kind: 'hang', server: 'ns1' })
  expect(hang).toMatchObject({ ok: false, error: { code: 'lab.not-running' } })
  expect(await mendLab(lab.folder)).toEqual({ ok: true, value: [corrupt, crash] })
  await waitUntil(() => dig('ns1', ZONE, 'SOA') !== '', 15_000)
  expect(dig('ns1', ZONE, 'SOA')).not.toBe('')
})

test('mends a zone that was not loaded because its file was corrupt', async () => {
  const corrupt: Break = { kind: 'corrupt', server: 'ns1', zone: ZONE }
  expect(await breakLab(lab.folder, corrupt)).toMatchObject({ ok: true })
  await killServer(lab, 'ns1')
  expect(await startServer(lab, 'ns1', 'answering')).toMatchObject({ ok: true })
  expect(dig('ns1', ZONE, 'SOA')).toBe('')
  expect(await mendLab(lab.folder)).toEqual({ ok: true, value: [corrupt] })
  await waitUntil(() => dig('ns1', ZONE, 'SOA') !== '', 15_000)
  expect(dig('ns1', ZONE, 'SOA')).not.toBe('')
})
