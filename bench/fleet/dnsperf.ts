import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DomainName } from '../../src/core/base/index.ts'
import type { Endpoint } from '../../src/io/net/index.ts'

const SECONDS = 3

const run = promisify(execFile)

/** SOA queries a second that dnsperf gets answered by all servers together, with a dnsperf for each, all at once. */
export async function dnsperfRate(
  servers: readonly Endpoint[],
  zones: readonly DomainName[],
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-bench-'))
  try {
    const queries = join(folder, 'queries')
    await writeFile(queries, zones.map(zone => `${zone} SOA\n`).join(''))
    const rates = await Promise.all(servers.map(server => rateOf(server, queries)))
    return rates.reduce((sum, rate) => sum + rate, 0)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function rateOf({ address, port }: Endpoint, queries: string): Promise<number> {
  const place = ['-s', address, '-p', String(port)]
  const { stdout } = await run('dnsperf', [...place, '-d', queries, '-l', String(SECONDS)])
  const rate = Number(/Queries per second:\s+([\d.]+)/.exec(stdout)?.[1])
  if (Number.isNaN(rate)) throw new Error(`dnsperf did not say how many queries it made: ${stdout}`)
  return rate
}
