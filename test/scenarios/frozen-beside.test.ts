import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import { guard } from '../support/guarded-lab.ts'
import { programsOf } from '../support/lab-programs.ts'
import { must } from '../support/rejoin.ts'
import { beginRemade } from '../support/remade-lab.ts'
import { fill, mountOver } from '../support/small-disk.ts'
import type { Story } from '../support/story.ts'
import { until } from '../support/until.ts'

/** Baton's, and one that stands in every server's base, with its file on a disk of its own. */
const [MINE, OUTSIDE] = ['mine.example', 'own.example']
const ORDER = ['step-down', 'default', '2', '2026-01-02T03:04:05Z'] as const
const CONTENT = '$TTL 60\n@ SOA ns1 hostmaster 1 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n'

let story: Story
let unmount: (() => void) | undefined

afterEach(async () => {
  await must(stopServer(story.lab, 'ns1'))
  unmount?.()
  await story.remove()
})

it('a zone that is none of Baton’s stays frozen as long as its file is old, and loses nothing', async ({
  skip,
}) => {
  story = await beginRemade({
    fleet: document => document.set('zones', './mine.conf'),
    files: { 'mine.conf': zoneBlock(MINE, 'zones') },
    base: zoneBlock(OUTSIDE, 'outside'),
    zones: { [`zones/${MINE}.db`]: CONTENT, [`outside/${OUTSIDE}.db`]: CONTENT },
  })
  const { lab } = story
  const { update, dig, rndc } = programsOf(lab)
  const { configuration, directory } = labServerPaths(lab.folder, 'ns1')
  const folder = join(directory, 'outside')
  await must(stopServer(lab, 'ns1'))
  unmount = mountOver(folder)
  if (unmount === undefined) skip('only root can mount a small disk')
  await must(startServer(lab, 'ns1', 'answering'))
  for (const zone of [MINE, OUTSIDE]) await until('it is loaded', () => dig('ns1', `ns1.${zone}`) !== '')
  update('ns1', `add early.${OUTSIDE} 60 A 192.0.2.1`)
  rndc('ns1', 'sync', OUTSIDE)
  const file = join(folder, `${OUTSIDE}.db`)
  await until('it is written', () => readFileSync(file, 'utf8').includes('early'))
  update('ns1', `add late.${OUTSIDE} 60 A 192.0.2.2`)

  const full = join(folder, 'full')
  fill(full)
  const script = join(configuration, 'baton', 'guard')
  writeFileSync(script, readFileSync(script, 'utf8').replace(/^THAW_SECONDS_MAX=.*$/m, 'THAW_SECONDS_MAX=2'))
  const { exit, output } = await guard(lab, 'ns1', ...ORDER)
  expect([exit, output]).toEqual([0, expect.stringContaining(`left frozen: ${OUTSIDE}`)])
  expect(rndc('ns1', 'zonestatus', MINE)).toContain('type: secondary')
  expect(() => update('ns1', `add refused.${OUTSIDE} 60 A 192.0.2.3`)).toThrow('REFUSED')

  rmSync(full)
  expect(await guard(lab, 'ns1', 'watch')).toMatchObject({ exit: 0 })
  update('ns1', `add taken.${OUTSIDE} 60 A 192.0.2.3`)
  expect(['early', 'late', 'taken'].map(label => dig('ns1', `${label}.${OUTSIDE}`))).toEqual([
    '192.0.2.1',
    '192.0.2.2',
    '192.0.2.3',
  ])
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
}, 120_000)

function zoneBlock(zone: string, folder: string): string {
  return `zone "${zone}" { type primary; file "${folder}/${zone}.db"; allow-update { key "writer"; }; };\n`
}
