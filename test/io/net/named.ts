import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SharedKey } from '../../../src/core/base/index.ts'
import type { Endpoint } from '../../../src/io/net/index.ts'

const READY_MS = 30_000
const STOP_MS = 10_000
/** The log of ten thousand queries. */
const LOG_LENGTH_MAX = 4_000_000

export type NamedFiles = {
  /** Zone and key statements, beside the options that every server here has. */
  readonly configuration: string
  /** Lines inside `options`. */
  readonly options?: string
  /** File name → content, in named's folder. */
  readonly files: Readonly<Record<string, string>>
}

/** One real `named` on a free port of 127.0.0.1, in a folder of its own. */
export class Named {
  readonly endpoint: Endpoint
  readonly folder: string
  readonly #controlPort: number
  readonly #process: ChildProcess
  #log = ''

  static async start(named: NamedFiles): Promise<Named> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-dns-'))
    const [port, controlPort] = [await freePort(), await freePort()]
    const secret = randomBytes(32).toString('base64')
    await mkdir(folder, { recursive: true })
    const files = {
      ...named.files,
      'rndc.key': `key "rndc" { algorithm hmac-sha256; secret "${secret}"; };\n`,
      'named.conf': `
        include "rndc.key";
        controls { inet 127.0.0.1 port ${controlPort} allow { 127.0.0.1; } keys { rndc; }; };
        options {
          directory "${folder}"; pid-file none; session-keyfile none; listen-on-v6 { none; };
          listen-on port ${port} { 127.0.0.1; };
          recursion no; notify no; dnssec-validation no;
          ${named.options ?? ''}
        };
        ${named.configuration.replaceAll('PORT', String(port))}`,
    }
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const process = spawn('/usr/sbin/named', ['-g', '-c', join(folder, 'named.conf')], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const server = new Named({ endpoint: { address: '127.0.0.1', port }, folder, controlPort }, process)
    await server.#ready()
    return server
  }

  private constructor(
    place: { endpoint: Endpoint; folder: string; controlPort: number },
    process: ChildProcess,
  ) {
    this.endpoint = place.endpoint
    this.folder = place.folder
    this.#controlPort = place.controlPort
    this.#process = process
  }

  /** The end of what it has logged so far. */
  get log(): string {
    return this.#log
  }

  rndc(...command: string[]): { readonly status: number | null; readonly output: string } {
    const place = ['-s', '127.0.0.1', '-p', String(this.#controlPort), '-k', join(this.folder, 'rndc.key')]
    const outcome = spawnSync('/usr/sbin/rndc', [...place, ...command], { encoding: 'utf8' })
    return { status: outcome.status, output: outcome.stdout + outcome.stderr }
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#process.once('exit', resolve))
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS)
    if (this.#process.exitCode === null && this.#process.kill('SIGTERM')) await ended
    clearTimeout(timer)
    await rm(this.folder, { recursive: true, force: true })
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`named was not ready in time:\n${this.#log}`)),
        READY_MS,
      )
      const stderr = this.#process.stderr?.setEncoding('utf8')
      stderr?.on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_LENGTH_MAX)
      })
      const awaitRunning = (): void => {
        if (!this.#log.includes(' running\n')) return
        stderr?.off('data', awaitRunning)
        clearTimeout(timer)
        resolve()
      }
      stderr?.on('data', awaitRunning)
      this.#process.once('exit', () => reject(new Error(`named ended:\n${this.#log}`)))
    })
  }
}

/** A key and the statement that tells named about it. */
export function testKey(name: string, algorithm: SharedKey['algorithm'] = 'hmac-sha256'): SharedKey {
  return new SharedKey(name, algorithm, randomBytes(32))
}

export function keyStatement(key: SharedKey): string {
  const secret = Buffer.from(key.reveal()).toString('base64')
  return `key "${key.name}" { algorithm ${key.algorithm}; secret "${secret}"; };\n`
}

/** A port that is free for TCP and UDP on 127.0.0.1 at this moment. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const free = await new Promise<boolean>(resolve => {
      const socket = createSocket('udp4')
      socket.once('error', () => resolve(false))
      socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
    })
    await new Promise(resolve => server.close(resolve))
    if (free) return port
  }
}
