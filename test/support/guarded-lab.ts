import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  findServer,
  type Lab,
  labFleet,
  labPaths,
  labServerPaths,
  labZones,
  readLabKey,
} from '../../src/app/lab/index.ts'
import type { DomainName } from '../../src/core/base/index.ts'
import type { Peer } from '../../src/core/fleet/index.ts'
import { renderStanding } from '../../src/core/render/index.ts'
import { transferZones } from '../../src/io/net/index.ts'
import { until } from './until.ts'

const run = promisify(execFile)
const SINCE = '2026-01-02T03:04:05Z'

export function dynamicZones(lab: Lab): [DomainName, ...DomainName[]] {
  const [first, ...others] = labZones(lab.plan)
    .filter(({ updates }) => updates !== 'none')
    .map(({ name }) => name)
  if (first === undefined) throw new Error('the lab has dynamic zones')
  return [first, ...others]
}

/** As an operator would with the files that are there: the marker and the state of term 2, then the configuration. */
export async function promoteByHand(lab: Lab, name: string): Promise<void> {
  const fleet = labFleet(lab)
  if (!fleet.ok) throw new Error(fleet.error.because)
  const peer = fleet.value.servers.find((server): server is Peer => server.name === name)
  if (peer === undefined) throw new Error(`no ${name}`)
  const standing = { set: 'default', role: 'active' as const, term: 2, since: SINCE }
  for (const { path, content } of renderStanding(fleet.value, peer, [standing])) writeFileSync(path, content)
  const { configuration } = labServerPaths(lab.folder, name)
  copyFileSync(join(configuration, 'named.active.conf'), join(configuration, 'named.conf'))
  await rndc(lab, name, ['reconfig'])
  await until(`${name} says that it is active`, async () =>
    (await marker(lab, name)).includes('"role=active" "term=2"'),
  )
}

/** With the guard's own access to the control channel. */
export async function rndc(lab: Lab, name: string, command: readonly string[]): Promise<void> {
  const { configuration } = labServerPaths(lab.folder, name)
  await run('rndc', ['-c', join(configuration, 'baton', 'guard.rndc'), ...command])
}

export async function guard(lab: Lab, name: string, ...command: readonly string[]) {
  const script = join(labServerPaths(lab.folder, name).configuration, 'baton', 'guard')
  try {
    const { stdout, stderr } = await run('sh', [script, ...command])
    return { exit: 0, output: stdout + stderr }
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string }
    return { exit: code, output: stdout + stderr }
  }
}

type LabelledUpdate = { readonly server: string; readonly zone: string; readonly label: string }

export function update(lab: Lab, { server, zone, label }: LabelledUpdate): Promise<void> {
  return send(lab, { server, zone, change: `add ${label}.${zone} 60 TXT here` })
}

export function raiseSerial(lab: Lab, server: string, zone: string): Promise<void> {
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
  await until(`${server} takes an update`, async () => {
    await run('nsupdate', ['-t', '5', '-k', join(labPaths(lab.folder).keys, 'writer.key'), script])
    return true
  })
}

export async function marker(lab: Lab, name: string): Promise<string> {
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
export async function orphans(lab: Lab, name: string, zone: string): Promise<string> {
  const { configuration, directory } = labServerPaths(lab.folder, name)
  const rescue = join(configuration, 'baton', 'rescue', '1')
  if (!readFileSync(join(rescue, 'manifest'), 'utf8').includes(`zone=${zone}\t`))
    throw new Error(`no ${zone} in it`)
  const journal = join(rescue, 'files', directory, 'zones', `${zone}.db.jnl`)
  if (!existsSync(journal)) throw new Error(`no journal of ${zone} was saved`)
  const { stdout } = await run('named-journalprint', [journal])
  return stdout
}

/** Every server has the same records in every zone, and the serials agree too. */
export async function equalContent(lab: Lab, names = lab.servers.map(({ name }) => name)): Promise<void> {
  await until(`${names.join(', ')} hold the same`, async () => {
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
