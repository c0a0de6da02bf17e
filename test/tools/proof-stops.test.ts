import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { listLab } from '../../src/app/lab/index.ts'
import { identifyProcess, processState } from '../../src/app/lab/process.ts'
import { until } from '../support/until.ts'

const LOOP = ['--import', 'tsx', 'tools/proof/switchover.ts', '--zones', '5', '--rate', '5', '--runs', '1000']

it.each([
  { signal: 'SIGINT', exit: 130 },
  { signal: 'SIGTERM', exit: 143 },
] as const)('a proof that gets $signal takes its servers along', async ({ signal, exit }) => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-proof-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const proof = spawn(process.execPath, LOOP, {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  onTestFinished(() => void proof.kill('SIGKILL'))
  const ended = once(proof, 'exit')
  const labs = async () => (await readdir(folder)).filter(name => name.startsWith('baton-lab-'))
  const running = async () => {
    const [lab] = await labs()
    if (lab === undefined) return []
    const listed = listLab(join(folder, lab))
    return listed.ok ? listed.value.servers.filter(({ state }) => state === 'running') : []
  }
  await until('its servers run', async () => (await running()).length === 4)
  const servers = (await running()).map(({ name, pid }) => {
    return identifyProcess(pid ?? 0) ?? expect.fail(`${name} is not running`)
  })
  proof.kill(signal)
  proof.kill(signal)
  expect(await ended).toEqual([exit, null])
  expect(await labs()).toEqual([])
  expect(servers.map(processState)).toEqual(servers.map(() => 'gone'))
})
