import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from '../../support/until.ts'

const run = promisify(execFile)

const STOP_DEADLINE_MS = 10_000

/** One real named, to see what it really writes. */
export type ZoneServer = {
  /** Its working directory. */
  readonly folder: string
  /** The serial it serves. */
  readonly serial: (zone: string) => Promise<number>
  /** Sends one update for each of the names, so that the serial goes up by as many. */
  readonly update: (zone: string, names: readonly string[]) => Promise<void>
  readonly rndc: (...command: readonly string[]) => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts named with these zone statements; `files` are put into its working directory first. */
export async function startZoneServer(
  zones: string,
  files: ReadonlyMap<string, string>,
): Promise<ZoneServer> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-named-'))
  const [port, control] = [await freePort(), await freePort()]
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  await writeFile(join(folder, 'rndc.key'), (await run('tsig-keygen', ['rndc-key'])).stdout)
  await writeFile(
    join(folder, 'named.conf'),
    `include "${folder}/rndc.key";
options {
  directory "${folder}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  pid-file none; session-keyfile none; recursion no; dnssec-validation no; notify no;
};
controls { inet 127.0.0.1 port ${control} allow { 127.0.0.1; } keys { rndc-key; }; };
${zones}`,
  )
  const named = spawn('named', ['-c', join(folder, 'named.conf'), '-g', '-n', '1'], { stdio: 'ignore' })
  const rndcArguments = ['-s', '127.0.0.1', '-p', String(control), '-k', join(folder, 'rndc.key')]
  const server: ZoneServer = {
    folder,
    async serial(zone) {
      const { stdout } = await run('dig', ['@127.0.0.1', '-p', String(port), '+short', zone, 'SOA'])
      return Number(stdout.split(' ')[2])
    },
    async update(zone, names) {
      const lines = names.map(name => `update add ${name}.${zone} 60 TXT "${name}"\nsend`)
      const updating = run('nsupdate', [])
      updating.child.stdin?.end(`server 127.0.0.1 ${port}\nzone ${zone}\n${lines.join('\n')}\n`)
      await updating
    },
    async rndc(...command) {
      await run('rndc', [...rndcArguments, ...command])
    },
    async close() {
      await stop(named)
      await rm(folder, { recursive: true })
    },
  }
  await until('named answers', async () => {
    await server.rndc('status')
    return true
  }).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  return server
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP port has a number')
  return address.port
}

async function stop(named: ChildProcess): Promise<void> {
  if (named.exitCode !== null || named.signalCode !== null) return
  const exited = once(named, 'exit')
  named.kill('SIGTERM')
  const late = setTimeout(() => named.kill('SIGKILL'), STOP_DEADLINE_MS)
  await exited
  clearTimeout(late)
}
