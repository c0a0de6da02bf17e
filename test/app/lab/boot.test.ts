import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { breakLab, labServerPaths, listLab, mendLab, startLab, stopLab } from '../../../src/app/lab/index.ts'
import { marker, promoteByHand } from '../../support/guarded-lab.ts'
import { createTemporaryLab, type TemporaryLab } from '../../support/temporary-lab.ts'

let made: TemporaryLab

beforeEach(async () => {
  made = await createTemporaryLab({ zones: 2, zonesDynamic: 2 })
})
afterEach(() => made.remove())

test('one that crashed and was deposed is booted as a standby, because its guard is asked first', async () => {
  const { lab } = made
  expect(await breakLab(lab.folder, { kind: 'crash', server: 'ns1' })).toMatchObject({ ok: true })
  await promoteByHand(lab, 'ns2')
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  await expect.poll(() => marker(lab, 'ns1'), { timeout: 15_000 }).toContain('role=standby')
  expect(await marker(lab, 'ns2')).toContain('role=active')
})

test('both peers that crashed come back in their roles, the active last', async () => {
  const { lab } = made
  for (const server of ['ns1', 'ns2'])
    expect(await breakLab(lab.folder, { kind: 'crash', server })).toMatchObject({ ok: true })
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  await expect.poll(() => marker(lab, 'ns1'), { timeout: 15_000 }).toContain('role=active')
})

test('starting a lab starts what does not run, and one that was stopped keeps its active', async () => {
  const { lab } = made
  expect(await breakLab(lab.folder, { kind: 'crash', server: 'e1' })).toMatchObject({ ok: true })
  expect(await startLab(lab.folder)).toMatchObject({ ok: true })
  expect(states(lab.folder)).toEqual(lab.servers.map(() => 'running'))
  expect(await mendLab(lab.folder)).toEqual({ ok: true, value: [] })
  expect(await stopLab(lab.folder)).toMatchObject({ ok: true })
  expect(await startLab(lab.folder)).toMatchObject({ ok: true })
  expect(await marker(lab, 'ns1')).toContain('role=active')
})

test('a server whose guard ends with 1 is not started, and it is said why', async () => {
  const { lab } = made
  const script = join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'guard')
  expect(await breakLab(lab.folder, { kind: 'crash', server: 'ns1' })).toMatchObject({ ok: true })
  writeFileSync(script, "echo 'boot: set default unsafe because guard.not-installed'\nexit 1\n")
  const because: unknown = expect.stringContaining('guard.not-installed')
  const error = { code: 'lab.guard-forbids', subject: 'ns1', because }
  expect(await mendLab(lab.folder)).toMatchObject({ ok: false, error })
  expect(await startLab(lab.folder)).toMatchObject({ ok: false, error })
  expect(states(lab.folder)).toContain('gone')
})

function states(folder: string) {
  const listed = listLab(folder)
  return listed.ok ? listed.value.servers.map(({ state }) => state) : []
}
