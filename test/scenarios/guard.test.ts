import { copyFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { killServer, type Lab, labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import {
  dynamicZones,
  equalContent,
  guard,
  marker,
  orphans,
  promoteByHand,
  raiseSerial,
  rndc,
  update,
} from '../support/guarded-lab.ts'
import { createTemporaryLab } from '../support/temporary-lab.ts'

const SIZE = {
  groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
  zones: 4,
  zonesDynamic: 3,
}

const DAY_MS = 86_400_000

test('a fork with equal serials: the old active returns as standby, its journal saved, with the content of the new one', async () => {
  const lab = await startLab()
  const [zone] = dynamicZones(lab)
  await quietly(lab, 'ns2', () => update(lab, { server: 'ns1', zone, label: 'orphan' }))
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  expectOutcome(await guard(lab, 'ns1', 'boot'), { exit: 0, output: 'standby because guard.higher-term' })
  const started = await startServer(lab, 'ns1', 'loaded')
  expect(started.ok).toBe(true)
  await equalContent(lab)
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
  await update(lab, { server: 'ns2', zone, label: 'later' })
  await equalContent(lab)
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
}, 120_000)

test('a running active that sees a higher term saves its journals and is standby', async () => {
  const lab = await startLab()
  const [zone] = dynamicZones(lab)
  await update(lab, { server: 'ns1', zone, label: 'before' })
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns1', zone, label: 'orphan' })
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  await rndc(lab, 'ns1', ['freeze', zone])
  expectOutcome(await guard(lab, 'ns1', 'watch'), { exit: 0, output: 'standby because guard.higher-term' })
  await equalContent(lab, ['ns1', 'ns2'])
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
  // The secondary had the orphan from the old active, under the serial that the new one gave to another update. No guard
  // is there: the step that a failover raises serials by heals it.
  await raiseSerial(lab, 'ns2', zone)
  await equalContent(lab)
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
  expectOutcome(await guard(lab, 'ns1', 'boot'), { exit: 1, output: 'guard.named-running' })
}, 120_000)

test('a step-down that named did not take is taken to its end by a later watch', async () => {
  const lab = await startLab()
  const [zone] = dynamicZones(lab)
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns1', zone, label: 'orphan' })
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  const { configuration } = labServerPaths(lab.folder, 'ns1')
  const standby = readFileSync(join(configuration, 'named.standby.conf'), 'utf8')
  writeFileSync(join(configuration, 'named.standby.conf'), `${standby}\nnonsense;\n`)
  expectOutcome(await guard(lab, 'ns1', 'watch'), { exit: 1, output: 'but named goes on as it was' })
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=1"')
  await expect(update(lab, { server: 'ns1', zone, label: 'refused' })).rejects.toThrow()
  expectOutcome(await guard(lab, 'ns1', 'watch'), { exit: 1, output: 'guard.control-failed' })
  writeFileSync(join(configuration, 'named.conf'), standby)
  expectOutcome(await guard(lab, 'ns1', 'watch'), { exit: 0, output: 'standby because guard.finished' })
  await equalContent(lab, ['ns1', 'ns2'])
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
}, 120_000)

test('a run of Baton is left to make the server standby itself', async () => {
  const lab = await startLab()
  await promoteByHand(lab, 'ns2')
  writeFileSync(join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'lock'), 'run=1\n')
  expectOutcome(await guard(lab, 'ns1', 'watch'), { exit: 0, output: 'waits because guard.run-under-way' })
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=1"')
}, 120_000)

test('a lock from before the clock was set back is no run of Baton: the server steps down', async () => {
  const lab = await startLab()
  await promoteByHand(lab, 'ns2')
  const lock = join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'lock')
  writeFileSync(lock, 'run=1\n')
  const tomorrow = new Date(Date.now() + DAY_MS)
  utimesSync(lock, tomorrow, tomorrow)
  expect((await guard(lab, 'ns1', 'watch')).output).not.toContain('waits')
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
}, 120_000)

test('an active that restarts is active when its standby answers, and standby when nobody does', async () => {
  const lab = await startLab()
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  expectOutcome(await guard(lab, 'ns1', 'boot'), { exit: 0, output: 'active because guard.confirmed' })
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=1"')
  expect((await stopServer(lab, 'ns2')).ok).toBe(true)
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  expectOutcome(await guard(lab, 'ns1', 'boot'), { exit: 0, output: 'standby because guard.nobody-answers' })
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=1"')
}, 120_000)

test('by order a standby that holds a fork is saved and emptied, and has the content of the active', async () => {
  const lab = await startLab()
  const [zone] = dynamicZones(lab)
  await quietly(lab, 'ns2', () => update(lab, { server: 'ns1', zone, label: 'orphan' }))
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  // A secondary that asked the returned server before the order would have the fork too, and no guard to heal it.
  await equalContent(lab, ['ns2', 'e1'])
  expect((await stopServer(lab, 'e1')).ok).toBe(true)
  const order = ['step-down', 'default', '2', '2026-01-02T03:04:05Z'] as const
  const { configuration } = labServerPaths(lab.folder, 'ns1')
  writeFileSync(join(configuration, 'baton', 'lock'), 'run=1\n')
  copyFileSync(join(configuration, 'named.standby.conf'), join(configuration, 'named.conf'))
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  expectOutcome(await guard(lab, 'ns1', ...order), {
    exit: 0,
    output: 'standby because guard.ordered; own active term 1',
  })
  await equalContent(lab, ['ns1', 'ns2'])
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect((await startServer(lab, 'e1', 'loaded')).ok).toBe(true)
  await update(lab, { server: 'ns2', zone, label: 'later' })
  await equalContent(lab)
  expectOutcome(await guard(lab, 'ns1', ...order), { exit: 0, output: 'own standby term 2' })
  await equalContent(lab)
}, 120_000)

test('by order an active that was cut off steps down while it runs, whatever age the lock has', async () => {
  const lab = await startLab()
  const [zone] = dynamicZones(lab)
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns1', zone, label: 'orphan' })
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  writeFileSync(join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'lock'), 'run=1\n')
  expectOutcome(await guard(lab, 'ns1', 'step-down', 'default', '2', '2026-01-02T03:04:05Z'), {
    exit: 0,
    output: 'saved',
  })
  await equalContent(lab, ['ns1', 'ns2'])
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
}, 120_000)

async function startLab(): Promise<Lab> {
  const { lab, remove } = await createTemporaryLab(SIZE)
  onTestFinished(remove)
  return lab
}

/** The server acts while no other one is there to hear of it, and dies before any is back. */
async function quietly(lab: Lab, without: string, act: () => Promise<void>): Promise<void> {
  for (const server of [without, 'e1']) expect((await stopServer(lab, server)).ok).toBe(true)
  await act()
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  for (const server of [without, 'e1']) expect((await startServer(lab, server, 'loaded')).ok).toBe(true)
}

type Outcome = { readonly exit: number; readonly output: string }

function expectOutcome(outcome: Outcome, expected: Outcome): void {
  expect(outcome.output).toContain(expected.output)
  expect(outcome.exit).toBe(expected.exit)
}
