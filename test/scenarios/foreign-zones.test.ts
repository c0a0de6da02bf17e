import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { guard } from '../support/guarded-lab.ts'
import { keepWriting } from '../support/keep-writing.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginRemade } from '../support/remade-lab.ts'
import { type Story, switchOver } from '../support/story.ts'
import { until } from '../support/until.ts'

/** The fleet's; one that somebody edits as a file; one that is updated all the time. The latter two stand in every base. */
const [MINE, EDITED, LIVE] = ['mine.example', 'intern.example', 'live.example']
const CONTENT = '$TTL 60\n@ SOA ns1 hostmaster 1 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n'
const NOT_STOPPED = { refusals: 0, failures: 0, unacknowledged: [] }
const HALF_EDITED = 'half A 192.0.2.66\n'

let story: Story

afterEach(() => story.remove())

/** Somebody froze a zone that is none of the fleet's and has edited half of its file. */
async function begin(): Promise<void> {
  story = await beginRemade({
    fleet: document => document.set('zones', './mine.conf'),
    files: { 'mine.conf': zoneBlock(MINE) },
    base: zoneBlock(EDITED) + zoneBlock(LIVE),
    zones: Object.fromEntries([MINE, EDITED, LIVE].map(zone => [`zones/${zone}.db`, CONTENT])),
  })
  const { dig, rndc, update } = programsOf(story.lab)
  for (const zone of [MINE, EDITED, LIVE])
    await until('it is loaded', () => dig('ns1', `ns1.${zone}`) !== '' && dig('ns2', `ns1.${zone}`) !== '')
  update('ns1', `add early.${EDITED} 60 A 192.0.2.1`)
  rndc('ns1', 'freeze', EDITED)
  await until('it is written', () => readFileSync(editedFile(), 'utf8').includes('early'))
  appendFileSync(editedFile(), HALF_EDITED)
}

it('a switchover leaves frozen what somebody else froze, and stops no updates but those of the set', async () => {
  await begin()
  const { dig } = programsOf(story.lab)
  const live = keepWriting(story.lab, 'ns1', LIVE)
  const run = await switchOver(story, {})
  expect(await live.stop()).toMatchObject(NOT_STOPPED)
  if (!run.ok) throw new Error(JSON.stringify(run.error))
  expect(run.value.outcome).toBe('done')
  expectUntouched()
  expect(dig('ns2', `ns1.${MINE}`)).toBe('127.0.0.1')
}, 120_000)

it('a rollback leaves it frozen as well', async () => {
  await begin()
  const { update, rndc } = programsOf(story.lab)
  const live = keepWriting(story.lab, 'ns1', LIVE)
  const stopping = new AbortController()
  const run = await switchOver(story, {
    signal: stopping.signal,
    onEvent: (event, { plan }) => {
      if (event.kind === 'step-done' && plan?.steps[event.step]?.kind === 'freeze') stopping.abort()
    },
  })
  expect(await live.stop()).toMatchObject(NOT_STOPPED)
  expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
  expectUntouched()
  expect(rndc('ns1', 'zonestatus', MINE)).toContain('frozen: no')
  update('ns1', `add open.${MINE} 60 A 192.0.2.3`)
}, 120_000)

it('a guard that steps down leaves it frozen as well, and stops no updates but those of the set', async () => {
  await begin()
  const { rndc } = programsOf(story.lab)
  const live = keepWriting(story.lab, 'ns1', LIVE)
  const { exit, output } = await guard(story.lab, 'ns1', 'step-down', 'default', '2', '2026-01-02T03:04:05Z')
  expect(await live.stop()).toMatchObject(NOT_STOPPED)
  expect([exit, output]).toEqual([0, expect.stringContaining('standby because')])
  expectUntouched()
  expect(rndc('ns1', 'zonestatus', MINE)).toContain('type: secondary')
}, 120_000)

function expectUntouched(): void {
  const { dig, rndc } = programsOf(story.lab)
  expect(rndc('ns1', 'zonestatus', EDITED)).toContain('frozen: yes')
  expect([dig('ns1', `early.${EDITED}`), dig('ns1', `half.${EDITED}`)]).toEqual(['192.0.2.1', ''])
  expect(readFileSync(editedFile(), 'utf8')).toContain(HALF_EDITED)
}

function editedFile(): string {
  return join(labServerPaths(story.lab.folder, 'ns1').directory, 'zones', `${EDITED}.db`)
}

function zoneBlock(zone: string): string {
  return `zone "${zone}" { type primary; file "zones/${zone}.db"; allow-update { key "writer"; }; };\n`
}
