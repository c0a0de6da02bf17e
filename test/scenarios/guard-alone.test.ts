import { Resolver } from 'node:dns/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { status } from '../../src/app/commands/index.ts'
import { findServer, killServer, startServer, stopServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import {
  dynamicZones,
  equalContent,
  guard,
  marker,
  orphans,
  promoteByHand,
  update,
} from '../support/guarded-lab.ts'
import { rejoin } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'

let story: Story

beforeEach(async () => {
  story = await beginStory()
})
afterEach(() => story.remove())

it('an active that finds nobody goes on answering as a standby, and is emptied once it hears of a promotion', async () => {
  const { lab } = story
  const [zone] = dynamicZones(lab)
  await restartAlone(zone)
  for (const server of ['ns2', 'e1']) expect((await startServer(lab, server, 'loaded')).ok).toBe(true)
  await promoteByHand(lab, 'ns2')
  await update(lab, { server: 'ns2', zone, label: 'survivor' })
  expect((await guard(lab, 'ns1', 'watch')).output).toContain('standby because guard.higher-term')
  await equalContent(lab, ['ns1', 'ns2'])
  expect(await orphans(lab, 'ns1', zone)).toContain('orphan')
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
}, 180_000)

it('a person makes it active again with a failover from the one that is down, and nothing is lost', async () => {
  const { lab } = story
  const [zone] = dynamicZones(lab)
  await restartAlone(zone)
  const seen = await status({ fleetFile: story.fleetFile })
  expect(seen).toMatchObject({ ok: true, value: { well: false, sets: [{ active: null }] } })
  const done = await failOver(story, { from: 'ns2', to: 'ns1', without: ['e1'] })
  expect(done).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=2"')
  expect(await guard(lab, 'ns1', 'watch')).toEqual({ exit: 0, output: '' })
  for (const server of ['ns2', 'e1']) expect((await startServer(lab, server, 'loaded')).ok).toBe(true)
  expect(await rejoin(story, 'ns2')).toMatchObject({ ok: true, value: { outcome: 'done' } })
  await equalContent(lab, ['ns1', 'ns2'])
  for (const server of ['ns1', 'ns2']) expect(await answerOf(server, `orphan.${zone}`)).toBe('here')
}, 180_000)

it('both peers dead at once: neither is active afterwards, and a person makes one so', async () => {
  const { lab } = story
  const [zone] = dynamicZones(lab)
  await update(lab, { server: 'ns1', zone, label: 'before' })
  await equalContent(lab)
  for (const server of ['ns1', 'ns2']) expect((await killServer(lab, server)).ok).toBe(true)
  expect((await guard(lab, 'ns1', 'boot')).output).toContain('standby because guard.nobody-answers')
  expect((await guard(lab, 'ns2', 'boot')).output).toContain('standby because guard.was-standby')
  for (const server of ['ns1', 'ns2']) expect((await startServer(lab, server, 'loaded')).ok).toBe(true)
  const seen = await status({ fleetFile: story.fleetFile })
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  expect(seen.value.verdicts.map(({ code }) => code)).toContain('snapshot.no-active')
  expect((await stopServer(lab, 'ns2')).ok).toBe(true)
  expect(await failOver(story, { from: 'ns2', to: 'ns1' })).toMatchObject({
    ok: true,
    value: { outcome: 'done' },
  })
  expect((await guard(lab, 'ns2', 'boot')).exit).toBe(0)
  expect((await startServer(lab, 'ns2', 'loaded')).ok).toBe(true)
  // By itself it asks its primaries only once the refresh time of its files is over.
  expect(await rejoin(story, 'ns2')).toMatchObject({ ok: true, value: { outcome: 'done' } })
  await equalContent(lab)
  for (const server of ['ns1', 'ns2', 'e1']) expect(await answerOf(server, `before.${zone}`)).toBe('here')
}, 180_000)

/** Acknowledges an update that nobody else hears of, dies, and comes back while nobody is there. */
async function restartAlone(zone: string): Promise<void> {
  const { lab } = story
  for (const server of ['ns2', 'e1']) expect((await stopServer(lab, server)).ok).toBe(true)
  await update(lab, { server: 'ns1', zone, label: 'orphan' })
  expect((await killServer(lab, 'ns1')).ok).toBe(true)
  const { output } = await guard(lab, 'ns1', 'boot')
  expect(output).toContain('standby because guard.nobody-answers')
  expect(output).toContain('left them in place')
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=1"')
  expect((await guard(lab, 'ns1', 'watch')).output).toBe('')
}

async function answerOf(name: string, record: string): Promise<string | undefined> {
  const server = findServer(story.lab, name)
  if (!server.ok) throw new Error(server.error.because)
  const resolver = new Resolver()
  resolver.setServers([`${server.value.dns.address}:${server.value.dns.port}`])
  const [strings] = await resolver.resolveTxt(record)
  return strings?.join('')
}
