import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { preparePush, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import { addRecord, failOver } from '../support/fail-over.ts'
import { equalContent, guard, marker, rndc } from '../support/guarded-lab.ts'
import { must, rejoin } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'

let story: Story

afterEach(() => story.remove())

it('after a switch by hand the server that was active before takes over, though its state file says that it is active', async () => {
  story = await beginStory()
  const { lab } = story
  await rndc(lab, 'ns1', ['freeze'])
  await installByHand('ns2', 'active')
  await installByHand('ns1', 'standby')
  await addRecord(lab, 'ns2', 'by-hand')
  await equalContent(lab)
  await must(killServer(lab, 'ns2'))

  expect(await failOver(story)).toMatchObject({
    ok: true,
    value: { outcome: 'done', from: 'ns2', to: 'ns1' },
  })
  expect(await marker(lab, 'ns1')).toContain('"role=active" "term=2"')
  await addRecord(lab, 'ns1', 'afterwards')
  expect((await guard(lab, 'ns2', 'boot')).exit).toBe(0)
  await must(startServer(lab, 'ns2', 'loaded'))
  expect(await rejoin(story, 'ns2')).toMatchObject({ ok: true, value: { outcome: 'done' } })
  await equalContent(lab)
}, 120_000)

it('switched back by hand after a failover, the old active is told by no push that it is in an old term', async () => {
  story = await beginStory()
  const { lab, fleetFile } = story
  await must(killServer(lab, 'ns1'))
  expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  expect((await guard(lab, 'ns1', 'boot')).exit).toBe(0)
  await must(startServer(lab, 'ns1', 'loaded'))
  await equalContent(lab)
  await rndc(lab, 'ns2', ['freeze'])
  await installByHand('ns1', 'active')
  await installByHand('ns2', 'standby')
  const pushed = await preparePush({ fleetFile, reason: undefined })
  expect(pushed).toMatchObject({ ok: false, error: [{ code: 'check.roles-agree', subject: 'ns1' }] })
  if (!pushed.ok) expect(JSON.stringify(pushed.error)).toContain('`baton rejoin ns2`')
  expect(await rejoin(story, 'ns2')).toMatchObject({
    ok: true,
    value: { outcome: 'done', to: 'ns1', term: 3 },
  })
  await equalContent(lab)
  expect(await status({ fleetFile })).toMatchObject({ ok: true, value: { well: true } })
}, 120_000)

/** As the README says. */
async function installByHand(server: string, role: 'active' | 'standby'): Promise<void> {
  const { configuration } = labServerPaths(story.lab.folder, server)
  copyFileSync(join(configuration, `named.${role}.conf`), join(configuration, 'named.conf'))
  await rndc(story.lab, server, ['reconfig'])
  await until(`${server} is ${role}`, async () =>
    (await marker(story.lab, server)).includes(`"role=${role}"`),
  )
}
