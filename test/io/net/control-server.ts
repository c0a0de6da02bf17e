import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hangProcess, identifyProcess } from '../../../src/app/lab/process.ts'
import type { Clock, SharedKey } from '../../../src/core/base/index.ts'
import {
  type ControlConnection,
  type ControlTarget,
  type Endpoint,
  openControl,
} from '../../../src/io/net/index.ts'
import { freePort, keyStatement } from './named.ts'

const READY_MS = 60_000
const STOP_MS = 10_000
const DEADLINE_MS = 20_000

export const clock: Clock = { now: () => Date.now(), elapsed: () => performance.now() }

export const ZONE_FILE = '$TTL 60\n@ SOA ns h 5 60 60 86400 60\n@ NS ns\nns A 127.0.0.1\n'

export type ControlServerOptions = {
  readonly keys: readonly SharedKey[]
  /** Zone and view statements. */
  readonly zones: string
  /** File name → content, in named's folder. */
  readonly files: Readonly<Record<string, string>>
}

type Ports = { readonly dns: number; readonly control: number; readonly statistics: number }

/** One real `named` with a control and a statistics channel, in a folder of its own. */
export class ControlServer {
  readonly folder: string
  readonly #ports: Ports
  readonly #process: ChildProcess
  readonly #ended: Promise<unknown>

  static async start(options: ControlServerOptions): Promise<ControlServer> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-control-'))
    const ports = { dns: await freePort(), control: await freePort(), statistics: await freePort() }
    for (const [name, content] of Object.entries(options.files)) await writeFile(join(folder, name), content)
    await writeFile(join(folder, 'named.conf'), printConfiguration(folder, ports, options))
    const server = new ControlServer(folder, ports)
    await server.#ready()
    return server
  }

  private constructor(folder: string, ports: Ports) {
    this.folder = folder
    this.#ports = ports
    const stdio = ['ignore', 'ignore', 'pipe'] as const
    this.#process = spawn('/usr/sbin/named', ['-g', '-c', join(folder, 'named.conf')], {
      cwd: folder,
      stdio: [...stdio],
    })
    this.#ended = new Promise(resolve => this.#process.once('exit', resolve))
  }

  get control(): Endpoint {
    return { address: '127.0.0.1', port: this.#ports.control }
  }

  get statistics(): Endpoint {
    return { address: '127.0.0.1', port: this.#ports.statistics }
  }

  get dns(): Endpoint {
    return { address: '127.0.0.1', port: this.#ports.dns }
  }

  target(key: SharedKey): ControlTarget {
    return { server: 'ns1', endpoint: this.control, key }
  }

  /** A connection that is expected to come about. */
  async open(key: SharedKey): Promise<ControlConnection> {
    const opened = await openControl(this.target(key), { clock, deadlineMs: DEADLINE_MS })
    if (!opened.ok) throw new Error(opened.error.because)
    return opened.value
  }

  /** Writes another configuration with the same ports; `reconfig` makes named read it. */
  async configure(options: Omit<ControlServerOptions, 'files'>): Promise<void> {
    await writeFile(join(this.folder, 'named.conf'), printConfiguration(this.folder, this.#ports, options))
  }

  /** Answers nothing any more, until `goOn`: not before the last of its threads stands still. */
  async hang(): Promise<void> {
    const identity = identifyProcess(this.#process.pid as number)
    if (identity === undefined || (await hangProcess(identity)) !== 'hung')
      throw new Error('named does not hang')
  }

  goOn(): void {
    this.#process.kill('SIGCONT')
  }

  /** Ends it as a crash would; `stop` is still to be called. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGCONT')
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS)
    this.#process.kill('SIGTERM')
    await this.#ended
    clearTimeout(timer)
    await rm(this.folder, { recursive: true, force: true })
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      let log = ''
      const timer = setTimeout(() => reject(new Error(`named was not ready in time:\n${log}`)), READY_MS)
      this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
        log = (log + text).slice(-20_000)
        if (!log.includes(' running\n')) return
        clearTimeout(timer)
        resolve()
      })
      this.#process.once('exit', () => reject(new Error(`named ended:\n${log}`)))
    })
  }
}

function printConfiguration(
  folder: string,
  ports: Ports,
  options: Omit<ControlServerOptions, 'files'>,
): string {
  const names = options.keys.map(key => `"${key.name}";`).join(' ')
  return `${options.keys.map(keyStatement).join('')}
controls { inet 127.0.0.1 port ${ports.control} allow { 127.0.0.1; } keys { ${names} }; };
statistics-channels { inet 127.0.0.1 port ${ports.statistics} allow { 127.0.0.1; }; };
options {
  directory "${folder}"; pid-file none; session-keyfile none; listen-on-v6 { none; };
  listen-on port ${ports.dns} { 127.0.0.1; };
  recursion no; notify no; dnssec-validation no; empty-zones-enable no;
};
${options.zones}
`
}
