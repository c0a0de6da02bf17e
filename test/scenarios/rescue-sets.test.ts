import { afterEach, expect, it } from 'vitest'
import { prepareReplay, rescueList, rescueShow } from '../../src/app/commands/index.ts'
import { breakLab, killServer, mendLab, startServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { guard } from '../support/guarded-lab.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginRemade } from '../support/remade-lab.ts'
import type { Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

const ZONES = { default: 'mine.example', customers: 'theirs.example' }
const CONTENT = '$TTL 60\n@ SOA ns1 hostmaster 1 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n'

function zoneBlock(zone: string): string {
  return `zone "${zone}" { type primary; file "zones/${zone}.db"; allow-update { key "writer"; }; };\n`
}

it('a server that was active for one set of two keeps the orphans of that set alone', async () => {
  story = await beginRemade({
    fleet: document => {
      for (const key of ['zones', 'first-active']) document.delete(key)
      document.set('zone-sets', {
        default: { zones: './default.conf', 'first-active': 'ns1' },
        customers: { zones: './customers.conf', 'first-active': 'ns2' },
      })
      document.setIn(['server-defaults', 'sets'], ['default', 'customers'])
    },
    files: { 'default.conf': zoneBlock(ZONES.default), 'customers.conf': zoneBlock(ZONES.customers) },
    base: '',
    zones: Object.fromEntries(Object.values(ZONES).map(zone => [`zones/${zone}.db`, CONTENT])),
  })
  const { lab, fleetFile } = story
  const { dig, update } = programsOf(lab)
  for (const server of ['ns1', 'ns2', 'e1'])
    for (const zone of Object.values(ZONES))
      await until(`${server} serves ${zone}`, async () => dig(server, `ns1.${zone}`) !== '')
  update('ns2', `add kept.${ZONES.customers} 60 A 192.0.2.9`)
  await until('ns1 has it', async () => dig('ns1', `kept.${ZONES.customers}`) !== '')
  for (const server of ['ns2', 'e1']) await breakLab(lab.folder, { kind: 'hang', server })
  update('ns1', `add orphan.${ZONES.default} 60 A 192.0.2.1`)
  await killServer(lab, 'ns1')
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  const failed = await failOver(story, { set: 'default' })
  expect(failed).toMatchObject({ ok: true, value: { outcome: 'done', set: 'default', to: 'ns2' } })
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({ exit: 0 })
  expect(await startServer(lab, 'ns1', 'answering')).toMatchObject({ ok: true })

  const listed = await rescueList({ fleetFile })
  expect(listed.ok && listed.value.rescues).toMatchObject([
    { server: 'ns1', place: 'default.1', set: 'default', zones: 1, orphans: 1, state: 'new' },
  ])
  const order = { fleetFile, server: 'ns1', place: 'default.1', zone: undefined }
  const shown = await rescueShow(order)
  expect(shown.ok && shown.value.zones).toMatchObject([
    { zone: ZONES.default, forkKnown: 'recorded', active: 'ns2', orphans: [{ verdict: 'applies' }] },
  ])
  const prepared = await prepareReplay({ ...order, key: undefined, reason: undefined })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  expect(await prepared.value.start()).toMatchObject({ orphans: [{ outcome: 'applied' }], problems: [] })
  await prepared.value.close()
  expect(dig('ns2', `orphan.${ZONES.default}`)).toBe('192.0.2.1')
}, 120_000)
