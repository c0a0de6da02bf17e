import { appendFileSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { preparePush } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths } from '../../src/app/lab/index.ts'
import { addRecord, orderFailover } from '../support/fail-over.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, runToEnd, type Story } from '../support/story.ts'

let story: Story

beforeEach(async () => {
  story = await beginStory()
})
afterEach(() => story.remove())

/** ns1 dies, and ns2 takes over by what lies there; gives what the person was told. */
async function failsOver(fleetFile = story.fleetFile): Promise<readonly string[]> {
  await killServer(story.lab, 'ns1')
  const prepared = await orderFailover({ fleetFile }, {})
  const warnings = prepared.ok ? prepared.value.document.warnings : []
  const run = await runToEnd(prepared)
  expect(run).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2', unwell: false } })
  await addRecord(story.lab, 'ns2', 'afterwards')
  return warnings
}

const at = (path: string) => join(story.lab.folder, path)
const NOT_THE_ONE = expect.stringContaining('not the one that was pushed last') as unknown

it.each([
  ['zones.conf', '\nzone "new.example" {\n\ttype primary;\n\tfile "zones/new.db";\n};\n'],
  ['base/ns2.conf', '// an edit\n'],
  ['shared.conf', 'acl later { none; };\n'],
  ['baton.yaml', '\n# not pushed\n'],
])('goes by the files on the target while an edit of %s is not pushed', async (file, text) => {
  appendFileSync(at(file), text)
  expect(await failsOver()).toContainEqual(NOT_THE_ONE)
})

it('goes by the fleet as it was pushed while a zone set and a server are added in baton.yaml', async () => {
  appendFileSync(at('baton.yaml'), '')
  const { readFileSync } = await import('node:fs')
  const text = readFileSync(at('baton.yaml'), 'utf8')
  const added = text
    .replace(
      'zones: ./zones.conf\nfirst-active: ns1\n',
      'zone-sets:\n  one:\n    zones: ./zones.conf\n    first-active: ns1\n',
    )
    .replace('serial-step', 'serial-step')
  writeFileSync(at('baton.yaml'), added)
  expect(added).not.toBe(text)
  expect(await failsOver()).toContainEqual(NOT_THE_ONE)
})

it('needs no more of the fleet folder than baton.yaml and the keys', async () => {
  for (const name of ['zones.conf', 'shared.conf', 'base', '.baton'])
    rmSync(at(name), { recursive: true, force: true })
  expect(await failsOver()).toContainEqual(expect.stringContaining('cannot be read whole'))
})

it('goes on while the zones file does not even parse', async () => {
  writeFileSync(at('zones.conf'), 'zone "half" { type prim')
  expect(await failsOver()).toContainEqual(NOT_THE_ONE)
})

it('goes on from a checkout that was overtaken by another', async () => {
  const stale = await checkOutAgain(story.lab)
  cpSync(at('second'), at('kept'), { recursive: true })
  appendFileSync(at('base/ns2.conf'), '// a colleague\n')
  const pushed = await runToEnd(await preparePush({ fleetFile: story.fleetFile, reason: undefined }))
  expect(pushed).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect(await failsOver(stale)).toContainEqual(NOT_THE_ONE)
})

it('refuses files that somebody edited on the target, and names a way that asks nothing of the dead', async () => {
  const path = join(labServerPaths(story.lab.folder, 'ns2').configuration, 'baton/active/default.zones.conf')
  appendFileSync(path, '// by hand\n')
  await killServer(story.lab, 'ns1')
  const prepared = await orderFailover(story, {})
  expect(prepared).toMatchObject({
    ok: false,
    error: [{ code: 'check.configuration-installed', subject: 'ns2' }],
  })
  const [refusal] = prepared.ok ? [] : prepared.error
  expect(refusal?.remedy).toContain('baton render --out DIR')
  expect(refusal?.remedy).not.toContain('push`')
})

it('renders where an older Baton pushed last', async () => {
  for (const server of ['ns1', 'ns2'])
    for (const name of ['pushed', 'pushed.zones'])
      rmSync(join(labServerPaths(story.lab.folder, server).configuration, 'baton', name))
  expect(await failsOver()).toEqual([])
})
