import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstStandings, parseMarker, render } from '../../../src/core/render/index.ts'
import { until } from '../../support/until.ts'
import { type Demo, KEYS, makeDemo } from './demo-fleet.ts'

const SINCE = '2026-11-22T12:00:00Z'
const SERVERS = ['ns1', 'ns2', 'e1', 'w1']
const run = promisify(execFile)
const started: ChildProcess[] = []
let folder: string
let ports: Readonly<Record<string, number>>
let demo: Demo

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-render-named-'))
  ports = await findPorts()
  const bases = Object.fromEntries(SERVERS.map(name => [name, baseOf(name)]))
  demo = makeDemo({ folder, ports, zones: { default: ZONES }, bases })
  await writeFleet()
  for (const name of SERVERS) start(name)
  for (const name of SERVERS) await until(`${name} holds both zones`, () => holds(name, 1))
}, 60_000)

afterAll(async () => {
  await Promise.all(started.map(stop))
  await rm(folder, { recursive: true, force: true })
})

test('the marker tells the role to holders of the transfer key, and to nobody else', async () => {
  const words = async (name: string, options: readonly string[]) => {
    const text = await dig(name, [...options, 'standby-mode', 'TXT'])
    return [...text.matchAll(/"([^"]*)"/g)].map(match => match[1] ?? '')
  }
  const marker = (name: string, role: string) => ({
    ok: true,
    value: { role, term: 1, server: name, fleet: 'demo', since: SINCE, set: 'default' },
  })
  expect(parseMarker(await words('ns1', [tsig('transfer')]))).toEqual(marker('ns1', 'active'))
  expect(parseMarker(await words('ns2', [tsig('transfer')]))).toEqual(marker('ns2', 'standby'))
  expect(await words('ns1', [])).toEqual([])
  expect(await words('ns1', [tsig('writer')])).toEqual([])
})

test('an update through the standby reaches every server', async () => {
  await update('ns2', 'through-standby')
  for (const name of SERVERS) await until(`${name} has the update`, () => has(name, 'through-standby'))
})

test('copying one file over another and a reconfig make the standby primary, and the active a standby', async () => {
  const etc = (name: string, file: string) => join(folder, name, 'etc', file)
  await rndc('ns1', 'freeze')
  await rndc('ns1', 'sync')
  await until('ns2 has what ns1 had', () => has('ns2', 'through-standby'))
  await rndc('ns2', 'sync')
  await copyFile(etc('ns2', 'named.active.conf'), etc('ns2', 'named.conf'))
  await rndc('ns2', 'reconfig')
  await until('ns2 is primary', async () =>
    (await rndc('ns2', 'zonestatus', 'dynamic.example')).includes('type: primary'),
  )
  await copyFile(etc('ns1', 'named.standby.conf'), etc('ns1', 'named.conf'))
  await rndc('ns1', 'reconfig')
  await until('ns1 is secondary', async () =>
    (await rndc('ns1', 'zonestatus', 'dynamic.example')).includes('type: secondary'),
  )
  await until('ns1 forwards', () => update('ns1', 'after').then(() => true))
  for (const name of SERVERS) {
    await until(`${name} has the update`, () => has(name, 'after'))
    expect(await has(name, 'through-standby')).toBe(true)
  }
})

const ZONES = `zone "static.example" { type primary; file "static.db"; };
zone "dynamic.example" { type primary; file "dynamic.db"; update-policy { grant writer zonesub any; }; };
`
const ZONE_TEXT = '$TTL 60\n@ SOA ns1 hostmaster 1 300 60 86400 60\n@ NS ns1\nns1 A 127.0.0.1\n'

/** As the generated base, but writing nothing outside its folder. */
function baseOf(name: string): string {
  const port = ports[name] ?? 0
  return `options {
	listen-on port ${port} { 127.0.0.1; };
	listen-on-v6 { none; };
	recursion no;
	dnssec-validation no;
	notify explicit;
	pid-file none;
	session-keyfile none;
};
controls { inet 127.0.0.1 port ${port + 100} allow { 127.0.0.1; } keys { rndc; }; };
`
}

async function writeFleet(): Promise<void> {
  const rendering = render(demo.fleet, demo.sources, firstStandings(demo.fleet, SINCE))
  if (!rendering.ok) throw new Error(JSON.stringify(rendering.error))
  for (const { files } of rendering.value.servers.values()) {
    for (const file of files) {
      await mkdir(dirname(file.path), { recursive: true })
      await writeFile(file.path, file.content)
    }
  }
  for (const { name, paths } of demo.fleet.servers) {
    await mkdir(paths.directory, { recursive: true })
    if (name !== 'ns1') continue
    await writeFile(join(paths.directory, 'static.db'), ZONE_TEXT)
    await writeFile(join(paths.directory, 'dynamic.db'), ZONE_TEXT)
  }
}

/** Three free ports for each server: DNS, 100 above for control, 200 above for statistics. */
async function findPorts(): Promise<Readonly<Record<string, number>>> {
  const found: number[] = []
  while (found.length < SERVERS.length) {
    const port = await listen(0)
    if (port === undefined || port > 60_000 || found.some(other => (other - port) % 100 === 0)) continue
    const others = await Promise.all([listen(port + 100), listen(port + 200)])
    if (others.every(other => other !== undefined)) found.push(port)
  }
  return Object.fromEntries(SERVERS.map((name, index) => [name, found[index] ?? 0]))
}

function listen(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

function start(name: string): void {
  const configuration = join(folder, name, 'etc', 'named.conf')
  started.push(spawn('named', ['-f', '-n', '1', '-c', configuration], { stdio: 'ignore' }))
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

function tsig(key: string): string {
  return `-y${signature(key)}`
}

function signature(key: string): string {
  const secret = KEYS.get(key)?.reveal() ?? new Uint8Array()
  return `hmac-sha256:${key}:${Buffer.from(secret).toString('base64')}`
}

async function dig(name: string, query: readonly string[]): Promise<string> {
  const where = ['@127.0.0.1', '-p', String(ports[name])]
  const { stdout } = await run('dig', [...where, '+short', '+norecurse', '+time=2', '+tries=1', ...query])
  return stdout
}

async function holds(name: string, serial: number): Promise<boolean> {
  const answers = await Promise.all(
    ['static.example', 'dynamic.example'].map(zone => dig(name, [zone, 'SOA'])),
  )
  return answers.every(answer => answer.split(' ')[2] === String(serial))
}

async function has(name: string, label: string): Promise<boolean> {
  return (await dig(name, [`${label}.dynamic.example`, 'TXT'])).includes('here')
}

async function update(name: string, label: string): Promise<void> {
  const script = join(folder, `${label}.nsupdate`)
  const lines = [
    `server 127.0.0.1 ${ports[name]}`,
    'zone dynamic.example',
    `update add ${label}.dynamic.example 60 TXT here`,
  ]
  await writeFile(script, [...lines, 'send', ''].join('\n'))
  await run('nsupdate', ['-t', '5', '-y', signature('writer'), script])
}

async function rndc(name: string, ...command: readonly string[]): Promise<string> {
  const key = join(folder, 'rndc.key')
  const secret = Buffer.from(KEYS.get('rndc')?.reveal() ?? []).toString('base64')
  await writeFile(key, `key "rndc" { algorithm hmac-sha256; secret "${secret}"; };\n`)
  const port = String((ports[name] ?? 0) + 100)
  const { stdout } = await run('rndc', ['-k', key, '-s', '127.0.0.1', '-p', port, ...command])
  return stdout
}
