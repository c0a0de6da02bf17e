import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { prepareReplay, rescueShow, verify } from '../../src/app/commands/index.ts'
import { breakLab, findServer, killServer, mendLab, startServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { guard } from '../support/guarded-lab.ts'
import { rejoin, resolveActives } from '../support/rejoin.ts'
import { beginRemade } from '../support/remade-lab.ts'
import type { Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

const ZONE = 'z.example'
const VIEWS = ['inside', 'outside'] as const
type View = (typeof VIEWS)[number]

/** The writer's key leads to the view outside, whatever the zone there and inside lets it do. */
function zoneBlock(view: View): string {
  return `zone "${ZONE}" { type primary; file "${view}/${ZONE}.db"; allow-update { key "writer"; key "${view}"; }; };\n`
}

function keyText(name: string): string {
  return `key "${name}" { algorithm hmac-sha256; secret "${randomBytes(32).toString('base64')}"; };\n`
}

const CONTENT = '$TTL 60\n@ SOA ns1 hostmaster 1 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n'

async function beginViewed(): Promise<Story> {
  return beginRemade({
    fleet: document => {
      document.set('zones', { inside: './inside.conf', outside: './outside.conf' })
      document.set('views', { inside: { key: 'inside' }, outside: { key: 'outside' } })
      for (const view of VIEWS) document.setIn(['keys', view], `./keys/${view}.key`)
    },
    files: Object.fromEntries(
      VIEWS.flatMap(view => [
        [`${view}.conf`, zoneBlock(view)],
        [`keys/${view}.key`, keyText(view)],
      ]),
    ),
    base: [
      'view "inside" { match-clients { key "inside"; }; };',
      'view "outside" { match-clients { key "outside"; key "writer"; }; };\n',
    ].join('\n'),
    zones: Object.fromEntries(VIEWS.map(view => [`${view}/${ZONE}.db`, CONTENT])),
  })
}

it('an orphan goes to the zone of its own view, and not to the one that the writer’s key leads to', async () => {
  story = await beginViewed()
  const { lab, fleetFile } = story
  await serving()
  for (const server of ['ns2', 'e1']) await breakLab(lab.folder, { kind: 'hang', server })
  update('ns1', 'inside', `add orphan.${ZONE} 60 A 192.0.2.1`)
  update('ns1', 'outside', `add other.${ZONE} 60 A 192.0.2.2`)
  await killServer(lab, 'ns1')
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({ exit: 0 })
  expect(await startServer(lab, 'ns1', 'answering')).toMatchObject({ ok: true })

  const order = { fleetFile, server: 'ns1', place: '1', zone: undefined }
  const shown = await rescueShow(order)
  expect(shown.ok && shown.value.zones).toMatchObject([
    { zone: ZONE, view: 'inside', keys: ['inside'], orphans: [{ verdict: 'applies' }] },
    { zone: ZONE, view: 'outside', keys: ['outside', 'writer'], orphans: [{ verdict: 'applies' }] },
  ])
  const prepared = await prepareReplay({
    ...order,
    zone: `${ZONE}/inside`,
    key: undefined,
    reason: undefined,
  })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  expect(await prepared.value.start()).toMatchObject({ orphans: [{ outcome: 'applied' }], problems: [] })
  await prepared.value.close()
  expect(ask('ns2', 'inside', `orphan.${ZONE}`)).toBe('192.0.2.1')
  expect(ask('ns2', 'outside', `orphan.${ZONE}`)).toBe('')
  expect(ask('ns2', 'outside', `other.${ZONE}`), 'left for later').toBe('')

  const wrong = await prepareReplay({ ...order, zone: `${ZONE}/outside`, key: 'inside', reason: undefined })
  expect(wrong).toMatchObject({ ok: false, error: [{ code: 'rescue.no-key' }] })
  expect(ask('ns2', 'inside', `other.${ZONE}`)).toBe('')
}, 120_000)

it('an active beside another one is resolved in every view, with content that is equal in each', async () => {
  story = await beginViewed()
  const { lab, fleetFile } = story
  await serving()
  await killServer(lab, 'ns1')
  expect(await failOver(story, { serials: 'kept' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
  // By hand, past its guard. Both views stand at one serial on both servers, one of them with other content.
  expect(await startServer(lab, 'ns1', 'answering')).toMatchObject({ ok: true })
  await serving()
  for (const [server, label] of [
    ['ns1', 'orphan'],
    ['ns2', 'survivor'],
  ] as const) {
    update(server, 'inside', `add ${label}.${ZONE} 60 A 192.0.2.1`)
    update(server, 'outside', `add alike.${ZONE} 60 A 192.0.2.2`)
  }
  expect(await resolveActives(story, 'ns2')).toMatchObject({
    ok: true,
    value: { outcome: 'done', unwell: false },
  })
  expect(await verify({ fleetFile, believe: 'nothing' })).toMatchObject({
    ok: true,
    value: { well: true, differences: [] },
  })
  for (const { name } of lab.servers) {
    expect(ask(name, 'inside', `survivor.${ZONE}`), name).toBe('192.0.2.1')
    expect(ask(name, 'inside', `orphan.${ZONE}`), name).toBe('')
    expect(ask(name, 'outside', `alike.${ZONE}`), name).toBe('192.0.2.2')
  }
  const shown = await rescueShow({ fleetFile, server: 'ns1', place: '1', zone: `${ZONE}/inside` })
  expect(shown.ok && shown.value.zones).toMatchObject([{ view: 'inside', orphans: [{ verdict: 'applies' }] }])
  expect(await rejoin(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'nothing-to-do' } })
}, 120_000)

async function serving(): Promise<void> {
  for (const { name } of story.lab.servers)
    for (const view of VIEWS)
      await until(`${name} serves ${view}`, () => ask(name, view, `ns1.${ZONE}`) === '127.0.0.1')
}

function keyOf(view: View): string {
  return join(story.lab.folder, 'keys', `${view}.key`)
}

function placeOf(server: string) {
  const found = findServer(story.lab, server)
  if (!found.ok) throw new Error(found.error.because)
  return found.value.dns
}

function ask(server: string, view: View, name: string): string {
  const { address, port } = placeOf(server)
  const words = ['-k', keyOf(view), `@${address}`, '-p', `${port}`, '+short', name, 'A']
  return execFileSync('dig', words, { encoding: 'utf8' }).trim()
}

function update(server: string, view: View, line: string): void {
  const { address, port } = placeOf(server)
  const input = `server ${address} ${port}\nzone ${ZONE}\nupdate ${line}\nsend\n`
  execFileSync('nsupdate', ['-k', keyOf(view)], { input })
}
