import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { type BuiltProgram, buildProgram } from '../app/cli/command.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

const DEMOTING = { when: 'before', command: 'reconfig', server: 'ns1' } as const
const FORWARDING = /^\tallow-update-forwarding .*\n/gm

let program: BuiltProgram
let story: Story

beforeAll(async () => {
  program = await buildProgram()
})
afterAll(() => program.remove())
beforeEach(async () => {
  story = await beginStory()
})
afterEach(() => story.remove())

it('a standby that forwards no updates has a switchover done, but not well, and a push puts it right', async () => {
  const { lab } = story
  const { dig, update } = programsOf(lab)
  const zone = dynamicZone(lab)
  const call = (...words: readonly string[]) => program.call(words, { cwd: lab.folder })

  const traffic = startTraffic(lab, { updatesPerSecond: 20, queriesPerSecond: 20 })
  await until('ns1 takes updates', () => traffic.progress().acknowledged > 0)
  const run = await switchOver(
    story,
    interruptAt(DEMOTING, async () => forwardNothing('ns1')),
  )
  const { written, turns, watched } = await traffic.stop()
  expect(run).toMatchObject({ ok: true, value: { outcome: 'done', unwell: true } })
  expect(run.ok && run.value.remarks).toContain(
    `an update of ${zone} sent to ns1 answered REFUSED, so it does not arrive at ns2`,
  )
  expect(turns.map(({ server }) => server)).toEqual(['ns1', 'ns2'])
  expect(watched.overlaps).toEqual([])

  update('ns2', `add direct.${zone} 60 A 192.0.2.1`)
  expect(() => update('ns1', `add refused.${zone} 60 A 192.0.2.2`)).toThrow('REFUSED')
  const { exit, stdout } = await call('status')
  expect(exit).toBe(4)
  expect(stdout).toContain('ns2 is active, term 2')
  expect(stdout.match(/^problem\[.*/gm)).toEqual([
    `problem[snapshot.configuration-drifted] ns1: ${standbyZones('ns1')} is not as rendered`,
  ])
  expect(stdout).toContain('put the files back with `baton push`')

  expect((await call('push', '--yes')).exit).toBe(0)
  update('ns1', `add forwarded.${zone} 60 A 192.0.2.3`)
  expect(['direct', 'refused', 'forwarded'].map(label => dig('ns2', `${label}.${zone}`))).toEqual([
    '192.0.2.1',
    '',
    '192.0.2.3',
  ])
  const standings = [{ active: 'ns2', term: 2 }]
  expect(await findFaults(lab, { standings, written })).toEqual([])
}, 180_000)

/** As if somebody had edited what is installed there and not loaded yet. */
function forwardNothing(server: string): void {
  const path = standbyZones(server)
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(FORWARDING, ''))
}

function standbyZones(server: string): string {
  return join(labServerPaths(story.lab.folder, server).configuration, 'baton/standby/default.zones.conf')
}
