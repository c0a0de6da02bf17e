import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { check, preparePush, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths } from '../../src/app/lab/index.ts'
import { digestOf, parsePushed, printPushed } from '../../src/core/pushed/index.ts'
import { failOver } from '../support/fail-over.ts'
import { beginStory, runToEnd, type Story, switchOver } from '../support/story.ts'

let story: Story

beforeEach(async () => {
  story = await beginStory()
  for (const { name } of story.lab.servers) renderedByAnother(name)
})
afterEach(() => story.remove())

it('of another Baton are a notice: every operation goes by them, and a push brings them up to date', async () => {
  const { fleetFile } = story
  expect(await verdicts()).toEqual([
    'notice snapshot.configuration-outdated ns1',
    'notice snapshot.configuration-outdated ns2',
    'notice snapshot.configuration-outdated e1',
  ])
  const checked = await check({ fleetFile, set: undefined, to: undefined, without: [] })
  expect(checked).toMatchObject({ ok: true, value: { passed: true } })
  expect(await switchOver(story, {})).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  expect(read('ns2', 'named.conf')).toContain('another Baton')
  expect(await runToEnd(await preparePush({ fleetFile, reason: undefined }))).toMatchObject({
    ok: true,
    value: { outcome: 'done' },
  })
  expect(read('ns2', 'named.conf')).not.toContain('another Baton')
  expect(await verdicts()).toEqual([])
})

it('of another Baton do not keep a failover', async () => {
  await killServer(story.lab, 'ns1')
  expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
})

it('that somebody edited are no notice', async () => {
  appendFileSync(at('ns2', 'baton/guard'), '# by hand\n')
  expect(await verdicts()).toContain('problem snapshot.configuration-drifted ns2')
})

/** Files of a server, and the record of the push, as a Baton would have left them that prints one more comment everywhere. */
function renderedByAnother(server: string): void {
  const paths = [
    'baton/shared.conf',
    ...(server === 'e1'
      ? ['named.conf']
      : ['baton/guard', 'baton/closed/default.zones.conf', 'named.active.conf', 'named.standby.conf']),
  ]
  for (const path of paths) appendFileSync(at(server, path), '# another Baton\n')
  if (server !== 'e1') appendFileSync(at(server, 'named.conf'), '# another Baton\n')
  for (const peer of ['ns1', 'ns2']) {
    const record = parsePushed(read(peer, 'baton/pushed'))
    if (!record.ok) throw new Error(JSON.stringify(record.error))
    const files = new Map(record.value.servers.get(server))
    for (const path of paths.map(name => at(server, name)))
      files.set(path, { mode: files.get(path)?.mode ?? 0, digest: digestOf(readFileSync(path, 'utf8')) })
    const servers = new Map(record.value.servers).set(server, files)
    writeFileSync(at(peer, 'baton/pushed'), printPushed({ ...record.value, servers, baton: '0.0.9' }))
  }
}

const at = (server: string, path: string) =>
  join(labServerPaths(story.lab.folder, server).configuration, path)
const read = (server: string, path: string) => readFileSync(at(server, path), 'utf8')

async function verdicts(): Promise<readonly string[]> {
  const seen = await status({ fleetFile: story.fleetFile })
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  return seen.value.verdicts.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`)
}
