import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { rescueList, resume, status, verify } from '../../src/app/commands/index.ts'
import {
  breakLab,
  killServer,
  labServerPaths,
  mendLab,
  startServer,
  type Writer,
} from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { guard } from '../support/guarded-lab.ts'
import { keepWriting } from '../support/keep-writing.ts'
import { programsOf } from '../support/lab-programs.ts'
import { codesOf, must, rejoin, resolveActives } from '../support/rejoin.ts'
import { beginRemade } from '../support/remade-lab.ts'
import { type Story, UNWATCHED } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

/** By set; the last one stands in every server's base, where Baton has no say. */
const ZONES = { default: 'mine.example', customers: 'theirs.example' }
const OUTSIDE = 'own.example'
const CONTENT = '$TTL 60\n@ SOA ns1 hostmaster 1 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n'

it('of two sets one is made standby, after a try that failed, and all else takes updates all the time', async () => {
  await beginSets()
  const { lab, fleetFile } = story
  const { update, dig } = programsOf(lab)
  await must(killServer(lab, 'ns1'))
  await failOverCustomers()
  await startByHand()
  update('ns1', `add orphan.${ZONES.customers} 60 A 192.0.2.1`)
  update('ns2', `add survivor.${ZONES.customers} 60 A 192.0.2.2`)

  const writers = [ZONES.default, OUTSIDE].map(zone => keepWriting(lab, 'ns1', zone))
  const rescue = join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'rescue')
  writeFileSync(rescue, 'in the way')
  const failed = await resolveActives(story, 'ns2', { set: 'customers' })
  expect(failed).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
  if (failed.ok) expect(failed.value.problems[0]).toMatchObject({ code: 'rejoin.guard-failed' })
  expect(() => update('ns1', `add refused.${ZONES.customers} 60 A 192.0.2.3`)).toThrow('REFUSED')
  await goOn(writers)

  rmSync(rescue)
  const ended = await resume({ fleetFile, takeOver: true, watch: UNWATCHED })
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, from: 'ns1', to: 'ns2' } })
  await goOn(writers)
  for (const writer of writers)
    expect(await writer.stop()).toMatchObject({ refusals: 0, failures: 0, unacknowledged: [] })
  await expectDivided()
  expect(dig('ns1', `survivor.${ZONES.customers}`)).toBe('192.0.2.2')
  const listed = await rescueList({ fleetFile })
  expect(listed.ok && listed.value.rescues).toMatchObject([
    { server: 'ns1', place: 'customers.1', set: 'customers', zones: 1 },
  ])
}, 120_000)

it('an active of two sets that died rejoins as a standby of one, and is active for the other again', async () => {
  await beginSets()
  const { lab } = story
  const { update, dig } = programsOf(lab)
  for (const server of ['ns2', 'e1']) await must(breakLab(lab.folder, { kind: 'hang', server }))
  for (const zone of Object.values(ZONES)) update('ns1', `add orphan.${zone} 60 A 192.0.2.1`)
  await must(killServer(lab, 'ns1'))
  expect((await mendLab(lab.folder)).ok).toBe(true)
  await failOverCustomers()
  expect((await guard(lab, 'ns1', 'boot')).exit).toBe(0)
  await must(startServer(lab, 'ns1', 'answering'))
  expect(codesOf(await rejoin(story, 'ns1'))).toEqual(['cli.target-unclear'])
  expect(codesOf(await rejoin(story, 'ns1', { set: 'default' }))).toEqual(['rejoin.is-active'])
  expect(await rejoin(story, 'ns1', { set: 'customers' })).toMatchObject({
    ok: true,
    value: { outcome: 'done', unwell: false, set: 'customers' },
  })
  await expectDivided()
  // Nothing of the set that stayed is lost: its active only restarted.
  for (const server of ['ns1', 'ns2', 'e1'])
    await until(`${server} has it`, async () => dig(server, `orphan.${ZONES.default}`) !== '')
}, 120_000)

it('a step-down that failed leaves the zones of the set frozen, and what is none of Baton’s open', async () => {
  story = await beginRemade({
    fleet: document => document.set('zones', './mine.conf'),
    files: { 'mine.conf': zoneBlock(ZONES.default) },
    base: zoneBlock(OUTSIDE),
    zones: filesOf([ZONES.default, OUTSIDE]),
  })
  const { lab } = story
  const { update, rndc } = programsOf(lab)
  await serving([ZONES.default])
  await must(killServer(lab, 'ns1'))
  expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done' } })
  await startByHand([ZONES.default])
  const rescue = join(labServerPaths(lab.folder, 'ns1').configuration, 'baton', 'rescue')
  writeFileSync(rescue, 'in the way')
  const { exit, output } = await guard(lab, 'ns1', 'watch')
  expect([exit, output]).toEqual([1, expect.stringContaining('updates stay refused')])
  expect(() => update('ns1', `add refused.${ZONES.default} 60 A 192.0.2.3`)).toThrow('REFUSED')
  update('ns1', `add taken.${OUTSIDE} 60 A 192.0.2.3`)
  rmSync(rescue)
  expect((await guard(lab, 'ns1', 'watch')).exit).toBe(0)
  update('ns1', `add taken-too.${OUTSIDE} 60 A 192.0.2.3`)
  expect(rndc('ns1', 'zonestatus', ZONES.default)).toContain('type: secondary')
}, 120_000)

async function beginSets(): Promise<void> {
  story = await beginRemade({
    fleet: document => {
      for (const key of ['zones', 'first-active']) document.delete(key)
      document.set('zone-sets', {
        default: { zones: './default.conf', 'first-active': 'ns1' },
        customers: { zones: './customers.conf', 'first-active': 'ns1' },
      })
      document.setIn(['server-defaults', 'sets'], ['default', 'customers'])
    },
    files: { 'default.conf': zoneBlock(ZONES.default), 'customers.conf': zoneBlock(ZONES.customers) },
    base: zoneBlock(OUTSIDE),
    zones: filesOf([...Object.values(ZONES), OUTSIDE]),
  })
  await serving(Object.values(ZONES))
}

function zoneBlock(zone: string): string {
  return `zone "${zone}" { type primary; file "zones/${zone}.db"; allow-update { key "writer"; }; };\n`
}

function filesOf(zones: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(zones.map(zone => [`zones/${zone}.db`, CONTENT]))
}

async function serving(zones: readonly string[]): Promise<void> {
  const { dig } = programsOf(story.lab)
  for (const { name } of story.lab.servers)
    for (const zone of zones)
      await until(`${name} serves ${zone}`, async () => dig(name, `ns1.${zone}`) !== '')
}

async function failOverCustomers(): Promise<void> {
  const failed = await failOver(story, { set: 'customers' })
  expect(failed).toMatchObject({ ok: true, value: { outcome: 'done', set: 'customers', to: 'ns2', term: 2 } })
}

/** ns1 with what it had: no guard is asked, so it is active beside ns2. */
async function startByHand(zones: readonly string[] = Object.values(ZONES)): Promise<void> {
  await must(startServer(story.lab, 'ns1', 'answering'))
  await serving([...zones])
}

/** More is acknowledged than was before, and nothing was ever refused. */
async function goOn(writers: readonly Writer[]): Promise<void> {
  for (const writer of writers) {
    const before = writer.progress().acknowledged
    await until('an update is taken', async () => writer.progress().acknowledged > before + 5)
    expect(writer.progress()).toMatchObject({ refusals: 0 })
  }
}

async function expectDivided(): Promise<void> {
  const { fleetFile } = story
  const seen = await status({ fleetFile })
  if (!seen.ok) throw new Error('no status')
  expect(seen.value.sets.map(({ set, active, term }) => [set, active, term])).toEqual([
    ['default', 'ns1', 1],
    ['customers', 'ns2', 2],
  ])
  expect(seen.value.verdicts.filter(({ severity }) => severity === 'problem')).toEqual([])
  const verified = await verify({ fleetFile, believe: 'nothing' })
  expect(verified).toMatchObject({ ok: true, value: { well: true, differences: [] } })
}
