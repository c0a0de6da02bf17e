import { execFile } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findServer, type Lab, labPaths, labServerPaths, labZones } from '../../src/app/lab/index.ts'
import { swapByHand } from './swap-by-hand.ts'

const OUTPUT_BYTES_MAX = 64 * 1024 * 1024

const run = promisify(execFile)

/**
 * What a person would do who takes over as Baton does and checks nothing: a configuration that only the fleet's key may
 * update, every dynamic zone's serial raised with one `dig` and one `nsupdate` for all, then the active configuration. In
 * milliseconds.
 */
export async function takeOverByHand(lab: Lab, name: string, step: number): Promise<number> {
  const { configuration } = labServerPaths(lab.folder, name)
  const active = `${configuration}/named.active.conf`
  const kept = `${active}.kept`
  copyFileSync(active, kept)
  const closed = readFileSync(active, 'utf8').replaceAll('/baton/active/', '/baton/closed/')
  try {
    writeFileSync(active, closed)
    const closedMs = await swapByHand(lab, name, 'active')
    copyFileSync(kept, active)
    const started = performance.now()
    await raiseByHand(lab, name, step)
    const raisedMs = performance.now() - started
    return closedMs + raisedMs + (await swapByHand(lab, name, 'active'))
  } finally {
    copyFileSync(kept, active)
  }
}

async function raiseByHand(lab: Lab, name: string, step: number): Promise<void> {
  const server = findServer(lab, name)
  if (!server.ok) throw new Error(server.error.because)
  const { address, port } = server.value.dns
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'))
  const limits = { maxBuffer: OUTPUT_BYTES_MAX }
  try {
    const zones = labZones(lab.plan).flatMap(zone => (zone.updates === 'none' ? [] : [zone.name]))
    const questions = join(folder, 'questions')
    writeFileSync(questions, zones.map(zone => `+noall +answer ${zone} SOA\n`).join(''))
    const place = [`@${address}`, '-p', String(port)]
    const { stdout } = await run('dig', [...place, '+tcp', '+keepopen', '-f', questions], limits)
    const updates = stdout.split('\n').flatMap(line => {
      const [owner, ttl, , type, primary, mail, serial, ...times] = line.split(/\s+/)
      if (type !== 'SOA') return []
      const soa = [primary, mail, String(Number(serial) + step), ...times].join(' ')
      return [`zone ${owner}`, `update add ${owner} ${ttl} SOA ${soa}`, 'send']
    })
    const script = join(folder, 'updates')
    writeFileSync(script, `${[`server ${address} ${port}`, ...updates].join('\n')}\n`)
    await run('nsupdate', ['-v', '-k', join(labPaths(lab.folder).keys, 'transfer.key'), script], limits)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
