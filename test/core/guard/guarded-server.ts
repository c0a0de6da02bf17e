import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Answer, type OwnStanding, printGuardScript } from '../../../src/core/guard/index.ts'
import { keyStatement } from '../../io/net/named.ts'
import { type AnsweringPeers, OWN_TERM } from './answering-peers.ts'

/** The shells in which the guard must run. */
export const SHELLS = ['dash', 'busybox ash'] as const

export type Shell = (typeof SHELLS)[number]

export const NOBODY_HAD_IT = '1999-01-02T03:04:05Z'

/** A server's folder as Baton leaves it, without a server: the guard runs before there is one. */
export type GuardedServer = {
  readonly folder: string
  /** A file by its path from the folder. */
  read(path: string): string
  run(
    shell: Shell,
    ...command: readonly string[]
  ): Promise<{ readonly exit: number; readonly output: string }>
  remove(): void
}

export type Situation = {
  readonly own: OwnStanding
  /** One peer for each. */
  readonly answers: readonly Answer[]
}

/** `named.conf` has the active role. The two zones have a file each, the first has a journal too. */
export function layGuardedServer(peers: AnsweringPeers, { own, answers }: Situation): GuardedServer {
  const folder = mkdtempSync(join(tmpdir(), 'baton-guard-'))
  const baton = join(folder, 'etc', 'baton')
  const zones = join(folder, 'var')
  for (const path of [join(baton, 'marker'), zones]) mkdirSync(path, { recursive: true })
  const put = (name: string, content: string) => writeFileSync(join(folder, name), content, { mode: 0o755 })
  put('etc/baton/guard', printGuardScript())
  put('etc/baton/guard.key', keyStatement(peers.key))
  put(
    'etc/baton/guard.rndc',
    `${keyStatement(peers.key)}options { default-server 127.0.0.1; default-port 9; default-key "${peers.key.name}"; };\n`,
  )
  const line = (zone: string) =>
    ['default', zone, '_default', 'dynamic', `${zones}/${zone}.db`, `${zones}/${zone}.db.jnl`].join('\t')
  put('etc/baton/guard.zones', `${line('one.example')}\n${line('two.example')}\n`)
  for (const file of ['one.example.db', 'one.example.db.jnl', 'two.example.db'])
    put(`var/${file}`, `${file}\n`)
  for (const role of ['active', 'standby']) {
    put(`etc/named.${role}.conf`, `zone "standby-mode" { file "${baton}/marker/${role}.db"; };\n`)
    put(`etc/baton/marker/${role}.db`, markerText(role))
  }
  put('etc/named.conf', `zone "standby-mode" { file "${baton}/marker/active.db"; };\n`)
  const state = stateText(own, answers, peers)
  if (state !== undefined) put('etc/baton/state', state)
  return {
    folder,
    read: path => readFileSync(join(folder, path), 'utf8'),
    run: (shell, ...command) => run(shell, [join(baton, 'guard'), ...command]),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** Every program of busybox by its own name, and what it has not: as on a machine that has nothing else. */
const APPLETS = layApplets()

function layApplets(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-applets-'))
  // Not at the exit of the process: vitest ends its workers without one.
  afterAll(() => rmSync(folder, { recursive: true }))
  execFileSync('busybox', ['--install', '-s', folder])
  for (const program of ['dig', 'rndc'])
    symlinkSync(execFileSync('which', [program], { encoding: 'utf8' }).trim(), join(folder, program))
  return folder
}

function run(shell: Shell, script: readonly string[]): Promise<{ exit: number; output: string }> {
  const [program = '', ...first] = shell.split(' ')
  const path = process.env['PATH'] ?? ''
  const PATH = shell === 'dash' ? path : `${APPLETS}:${path}`
  return new Promise(resolve => {
    execFile(program, [...first, ...script], { env: { PATH } }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : Number(error.code)
      resolve({ exit, output: stdout + stderr })
    })
  })
}

function markerText(role: string): string {
  const words = [`role=${role}`, `term=${OWN_TERM}`, 'server=ns1', 'fleet=demo', `since=${NOBODY_HAD_IT}`]
  const strings = words.map(word => `"${word}"`).join(' ')
  return `$TTL 0\n@ SOA invalid. nobody.invalid. ${OWN_TERM} 3600 600 86400 0\n@ NS invalid.\n@ TXT ${strings}\n`
}

function stateText(own: OwnStanding, answers: readonly Answer[], peers: AnsweringPeers): string | undefined {
  if (own === 'state-missing') return undefined
  if (own === 'state-empty') return ''
  return [
    'version=1',
    'fleet=demo',
    'server=ns1',
    'sets=default',
    `role.default=${own === 'standby' ? 'standby' : 'active'}`,
    `term.default=${own === 'state-unreadable' ? '\u0000x' : OWN_TERM}`,
    `since.default=${own === 'state-future' ? '2999-01-02T03:04:05Z' : NOBODY_HAD_IT}`,
    'marker.default=standby-mode',
    `peers.default=${answers.join(' ')}`,
    ...answers.flatMap(peer => [`address.${peer}=127.0.0.1`, `port.${peer}=${peers.ports.get(peer)}`]),
    '',
  ].join('\n')
}
