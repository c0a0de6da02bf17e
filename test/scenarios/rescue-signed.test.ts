import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { prepareReplay, rescueShow } from '../../src/app/commands/index.ts'
import { breakLab, killServer, labServerPaths, mendLab, startServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { guard } from '../support/guarded-lab.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginRemade } from '../support/remade-lab.ts'
import type { Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

const ZONE = 'signed.example'
const CONTENT = '$TTL 60\n@ SOA ns1 hostmaster 1 900 15 1209600 60\n@ NS ns1\nns1 A 127.0.0.1\n'

it('an orphan of a signed zone is replayed without the signatures of the server that is gone', async () => {
  story = await beginRemade({
    fleet: document => document.set('zones', './signed.conf'),
    files: {
      'signed.conf': `zone "${ZONE}" { type primary; file "zones/${ZONE}.db"; dnssec-policy default; key-directory "keys"; allow-update { key "writer"; }; };\n`,
    },
    base: '',
    zones: { [`zones/${ZONE}.db`]: CONTENT, 'keys/.keep': '' },
  })
  const { lab, fleetFile } = story
  const { dig, update } = programsOf(lab)
  await until('ns1 serves it', async () => dig('ns1', `ns1.${ZONE}`) !== '')
  await until('ns1 signs it', async () => keysOn('ns1').length > 0 && signaturesOn('ns1') !== '')
  copyKeys()
  await until('ns2 has it signed', async () => signaturesOn('ns2') === signaturesOn('ns1'))
  for (const server of ['ns2', 'e1']) await breakLab(lab.folder, { kind: 'hang', server })
  update('ns1', `add orphan.${ZONE} 60 A 192.0.2.1`)
  await killServer(lab, 'ns1')
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  const failed = await failOver(story)
  if (!failed.ok) throw new Error(JSON.stringify(failed.error))
  expect(await guard(lab, 'ns1', 'boot')).toMatchObject({ exit: 0 })
  expect(await startServer(lab, 'ns1', 'answering')).toMatchObject({ ok: true })

  const order = { fleetFile, server: 'ns1', place: '1', zone: undefined }
  const shown = await rescueShow(order)
  expect(shown.ok && shown.value.zones).toMatchObject([
    {
      zone: ZONE,
      orphans: [{ verdict: 'applies', deleted: [], added: [`orphan.${ZONE}. 60 IN A 192.0.2.1`] }],
    },
  ])
  const prepared = await prepareReplay({ ...order, key: undefined, reason: undefined })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  expect(await prepared.value.start()).toMatchObject({ orphans: [{ outcome: 'applied' }], problems: [] })
  await prepared.value.close()
  expect(dig('ns2', `orphan.${ZONE}`)).toBe('192.0.2.1')
}, 120_000)

function keysOn(server: string): readonly string[] {
  const { directory } = labServerPaths(story.lab.folder, server)
  return readdirSync(join(directory, 'keys')).filter(name => name.startsWith('K'))
}

/** As an operator keeps the keys of the peers alike. */
function copyKeys(): void {
  const from = labServerPaths(story.lab.folder, 'ns1').directory
  const to = labServerPaths(story.lab.folder, 'ns2').directory
  cpSync(join(from, 'keys'), join(to, 'keys'), { recursive: true })
}

function signaturesOn(server: string): string {
  const found = story.lab.servers.find(({ name }) => name === server)
  const { address, port } = found?.dns ?? { address: '', port: 0 }
  const words = [`@${address}`, '-p', `${port}`, '+short', ZONE, 'SOA', '+dnssec']
  return execFileSync('dig', words, { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.startsWith('SOA '))
    .join('\n')
}
