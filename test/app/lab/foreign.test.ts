import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPorts, labServerPaths, listLab, stopLab } from '../../../src/app/lab/index.ts'
import { identifyProcess, type ProcessIdentity, processState } from '../../../src/app/lab/process.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

/** A `named` that no lab started. */
async function startForeign(): Promise<ProcessIdentity> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-foreign-'))
  const ports = await findPorts(1)
  if (!ports.ok) throw new Error(ports.error.because)
  writeFileSync(
    join(folder, 'named.conf'),
    `options { directory "${folder}"; pid-file "pid"; listen-on port ${ports.value[0]} { 127.0.0.1; };
     listen-on-v6 { none; }; session-keyfile none; recursion no; dnssec-validation no; };
     controls { };\n`,
  )
  const child = spawn('/usr/sbin/named', ['-f', '-n', '1', '-c', join(folder, 'named.conf')], {
    stdio: 'ignore',
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    rmSync(folder, { recursive: true })
  })
  await once(child, 'spawn')
  return identifyProcess(child.pid as number) as ProcessIdentity
}

test('a named that the lab did not start is left alone, even where a stale note names its id', async () => {
  const foreign = await startForeign()
  const { lab, remove } = await createTemporaryLab({ zones: 1, zonesDynamic: 1, groups: [] })
  onTestFinished(remove)
  expect((await stopLab(lab.folder)).ok).toBe(true)
  expect(processState(foreign)).toBe('running')

  const stale = { ...foreign, startTicks: foreign.startTicks - 100 }
  writeFileSync(labServerPaths(lab.folder, 'ns1').process, JSON.stringify(stale))
  const listed = listLab(lab.folder)
  expect(listed.ok && listed.value.servers.map(server => server.state)).toEqual(['gone', 'gone'])
  expect((await stopLab(lab.folder)).ok).toBe(true)
  expect(processState(foreign)).toBe('running')
})
