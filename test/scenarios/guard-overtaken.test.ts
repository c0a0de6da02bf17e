import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { rescueList } from '../../src/app/commands/index.ts'
import { startServer } from '../../src/app/lab/index.ts'
import { ok } from '../../src/core/base/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { addRecord, dynamicZone } from '../support/fail-over.ts'
import { equalContent, guard, marker, orphans } from '../support/guarded-lab.ts'
import { forkByFailover, must, rejoin } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

beforeEach(async () => {
  hasStarted = false
  story = await beginStory({}, { 'convergence-max': '30s' })
  await forkByFailover(story, 'raised')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await story.remove()
})

/** Whether the guard that works meanwhile finds a control channel where named is being started. */
const CHANNELS = ['open', 'not open yet'] as const

it.each(CHANNELS)('a named that somebody starts while its guard saves, control channel %s', async channel => {
  const { lab } = story
  const { exit, output } = await whileStarted(channel, () => guard(lab, 'ns1', 'boot'))
  expect(exit, output).toBe(0)
  if (channel === 'not open yet') {
    expect(await marker(lab, 'ns1')).toContain('"role=active" "term=1"')
    expect((await guard(lab, 'ns1', 'watch')).output).toContain('standby because guard.rival')
  }
  await equalContent(lab)
  await expectStandby()
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
})

it.each(CHANNELS)('a named that somebody starts during its rejoin, control channel %s', async channel => {
  const openHost: Doors['openHost'] = ({ name }) => {
    const host = localHost(name)
    return ok({
      ...host,
      run: command =>
        command.kind === 'guard' && !hasStarted
          ? whileStarted(channel, () => host.run(command))
          : host.run(command),
    })
  }
  expect(await rejoin(story, 'ns1', { openHost })).toMatchObject({
    ok: true,
    value: { outcome: 'done', unwell: false },
  })
  expect(hasStarted).toBe(true)
  await equalContent(story.lab)
  await expectStandby()
})

let hasStarted = false

/**
 * Somebody starts named, by hand, between what the guard saves and what it installs: named reads the configuration of an
 * active, takes an update, and goes on with both.
 */
async function whileStarted<Value>(
  channel: (typeof CHANNELS)[number],
  act: () => Promise<Value>,
): Promise<Value> {
  hasStarted = true
  const folder = join(story.lab.folder, 'gate')
  mkdirSync(folder)
  // A user without rights unpacks what named's user packs: both must find the gate.
  chmodSync(story.lab.folder, 0o711)
  const put = (name: string, line: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 })
  const [reached, open] = [join(folder, 'reached'), join(folder, 'open')]
  const tar = execFileSync('which', ['tar'], { encoding: 'utf8' }).trim()
  const wait = `: >${reached}; while [ ! -e ${open} ]; do sleep 0.1; done`
  put('tar', `if [ "$1" = -cf ]; then ${wait}; fi; exec ${tar} "$@"`)
  if (channel === 'not open yet') put('rndc', 'echo "rndc: connect failed: connection refused"; exit 1')
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`)
  const acted = act()
  await until('the guard saves', () => existsSync(reached))
  vi.unstubAllEnvs()
  await must(startServer(story.lab, 'ns1', 'loaded'))
  await addRecord(story.lab, 'ns1', 'late')
  writeFileSync(open, '')
  return acted
}

/** What it had, and what it took on the way, is saved, and nothing of it is lost. */
async function expectStandby(): Promise<void> {
  const { lab, fleetFile } = story
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect(await orphans(lab, 'ns1', dynamicZone(lab))).toContain('orphan')
  const listed = await rescueList({ fleetFile })
  // Whether there is a second one depends on whether named wrote a file before it stepped down.
  expect(listed.ok && listed.value.rescues[0]).toMatchObject({ place: '1', orphans: 2 })
}
