import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import {
  findServer,
  killServer,
  type Lab,
  labFleet,
  labPaths,
  labServerPaths,
  labZones,
  readLabKey,
  startServer,
  stopServer,
} from '../../src/app/lab/index.ts'
import { waitUntil } from '../../src/app/lab/wait.ts'
import type { Peer } from '../../src/core/fleet/index.ts'
import { renderStanding } from '../../src/core/render/index.ts'
import { transferZones } from '../../src/io/net/index.ts'
import { createTemporaryLab } from '../support/temporary-lab.ts'

const run = promisify(execFile)
const DEADLINE_MS = 30_000
const SIZE = {
  groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
  zones: 4,
  zonesDynamic: 3,
}
const SINCE = '2026-01-02T03:04:05Z'

test('a fork with equal serials: the old active returns as standby, its journal saved, with the content of the new one', async () => {
  const lab = await startLab()
  const [zone] = dynamicZones(lab)
  await quietly(lab, 'ns2', async () => await update(lab, { server: 'ns1', zone, label: 'orphan' }))
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({
    exit: 0,
    output: expect.stringContaining('standby because guard.higher-term'),
  })
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
  expect(await guard(lab, 'ns1', 'watch')).toMatchObject({
    exit: 0,
    output: expect.stringContaining('standby because guard.higher-term'),
  })
  await equalContent(lab, ['ns1', 'ns2'])
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
  // The secondary had the orphan from the old active, under the serial that the new one gave to another update. No guard
  // is there: the step that a failover raises serials by heals it.
  await raiseSerial(lab, 'ns2', zone)
  await equalContent(lab)
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({
    exit: 1,
    output: expect.stringContaining('guard.named-running'),
  })
}, 120_000)

test('a run of Baton is left to make the server standby itself', async () => {
  const lab = await startLab()
  await promoteByHand(lab, 'ns2')
  writeFileSync(join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'lock'), 'run=1\n')
  expect(await guard(lab, 'ns1', 'watch')).toMatchObject({
    exit: 0,
    output: expect.stringContaining('waits because guard.run-under-way'),
  })
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=1"')
}, 120_000)

test('an active that restarts is active when its standby answers, and standby when nobody does', async () => {
  const lab = await startLab()
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({
    exit: 0,
    output: expect.stringContaining('active because guard.confirmed'),
  })
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=1"')
  expect((await stopServer(lab, 'ns2')).ok).toBe(true)
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({
    exit: 0,
    output: expect.stringContaining('standby because guard.nobody-answers'),
  })
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=1"')
}, 120_000)

async function startLab(): Promise<Lab> {
  const { lab, remove } = await createTemporaryLab(SIZE)
  onTestFinished(remove)
  return lab
}

function dynamicZones(lab: Lab): [string, ...string[]] {
  const [first, ...others] = labZones(lab.plan)
    .filter(({ updates }) => updates !== 'none')
    .map(({ name }) => name as string)
  if (first === undefined) throw new Error('the lab has dynamic zones')
  return [first, ...others]
}

/** The server acts while no other one is there to hear of it, and dies before any is back. */
async function quietly(lab: Lab, without: string, act: () => Promise<void>): Promise<void> {
  for (const server of [without, 'e1']) expect((await stopServer(lab, server)).ok).toBe(true)
  await act()
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  for (const server of [without, 'e1']) expect((await startServer(lab, server, 'loaded')).ok).toBe(true)
}

/** As an operator would with the files that are there: the marker and the state of term 2, then the configuration. */
async function promoteByHand(lab: Lab, name: string): Promise<void> {
  const fleet = labFleet(lab)
  if (!fleet.ok) throw new Error(fleet.error.because)
  const peer = fleet.value.servers.find((server): server is Peer => server.name === name)
  if (peer === undefined) throw new Error(`no ${name}`)
  const standing = { set: 'default', role: 'active' as const, term: 2, since: SINCE }
  for (const { path, content } of renderStanding(fleet.value, peer, [standing])) writeFileSync(path, content)
  const { configuration } = labServerPaths(lab.folder, name)
  copyFileSync(join(configuration, 'named.active.conf'), join(configuration, 'named.conf'))
  await run('rndc', ['-c', join(configuration, 'baton', 'guard.rndc'), 'reconfig'])
  await within(`${name} says that it is active`, async () =>
    (await marker(lab, name)).includes('"role=active" "term=2"'),
  )
}

async function guard(lab: Lab, name: string, command: string) {
  const script = join(labServerPaths(lab.folder, name).configuration, 'baton', 'guard')
  try {
    const { stdout, stderr } = await run('sh', [script, command])
    return { exit: 0, output: stdout + stderr }
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string }
    return { exit: code, output: stdout + stderr }
  }
}

type LabelledUpdate = { readonly server: string; readonly zone: string; readonly label: string }

function update(lab: Lab, { server, zone, label }: LabelledUpdate): Promise<void> {
  return send(lab, { server, zone, change: `add ${label}.${zone} 60 TXT here` })
}

function raiseSerial(lab: Lab, server: string, zone: string): Promise<void> {
  return send(lab, {
    server,
    zone,
    change: `add ${zone} 300 SOA ns1.${zone} hostmaster.${zone} 1000 900 15 1209600 60`,
  })
}

type Change = { readonly server: string; readonly zone: string; readonly change: string }

async function send(lab: Lab, { server, zone, change }: Change): Promise<void> {
  const script = join(lab.folder, 'update')
  const { address, port } = portOf(lab, server)
  writeFileSync(script, [`server ${address} ${port}`, `zone ${zone}`, change, 'send', ''].join('\n'))
  await within(`${server} takes an update`, async () => {
    await run('nsupdate', ['-t', '5', '-k', join(labPaths(lab.folder).keys, 'writer.key'), script])
    return true
  })
}

async function marker(lab: Lab, name: string): Promise<string> {
  const { address, port } = portOf(lab, name)
  const key = join(labPaths(lab.folder).keys, 'transfer.key')
  const { stdout } = await run('dig', [
    '-k',
    key,
    `@${address}`,
    '-p',
    String(port),
    'standby-mode',
    'TXT',
    '+short',
  ])
  return stdout
}

/** What the rescue of term 1 holds for a zone, as BIND's own tool reads it. */
async function orphans(lab: Lab, name: string, zone: string): Promise<string> {
  const { configuration, directory } = labServerPaths(lab.folder, name)
  const rescue = join(configuration, 'baton', 'rescue', '1')
  expect(readFileSync(join(rescue, 'manifest'), 'utf8')).toContain(`zone=${zone}\t`)
  const journal = join(rescue, 'files', directory, 'zones', `${zone}.db.jnl`)
  expect(existsSync(journal)).toBe(true)
  const { stdout } = await run('named-journalprint', [journal])
  return stdout
}

/** Every server has the same records in every zone, and the serials agree too. */
async function equalContent(lab: Lab, names = lab.servers.map(({ name }) => name)): Promise<void> {
  await within(`${names.join(', ')} hold the same`, async () => {
    const contents = await Promise.all(names.map(name => contentOf(lab, name)))
    return new Set(contents).size === 1
  })
}

async function contentOf(lab: Lab, name: string): Promise<string> {
  const key = readLabKey(lab.folder, 'transfer')
  if (!key.ok) throw new Error(key.error.because)
  const lines: string[] = []
  const names = labZones(lab.plan).map(zone => zone.name)
  await transferZones(portOf(lab, name), names, {
    key: key.value,
    onZone(zone, content) {
      const digest = content.ok
        ? `${content.value.serial} ${Buffer.from(content.value.digest).toString('hex')}`
        : name
      lines.push(`${zone} ${digest}`)
    },
  })
  return lines.sort().join('\n')
}

function portOf(lab: Lab, name: string) {
  const server = findServer(lab, name)
  if (!server.ok) throw new Error(server.error.because)
  return server.value.dns
}

async function within(what: string, condition: () => Promise<boolean>): Promise<void> {
  const outcome = await waitUntil(() => condition().catch(() => false), DEADLINE_MS)
  if (outcome !== 'so') throw new Error(`not within ${DEADLINE_MS} ms: ${what}`)
}
