import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { resume, rollback, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import { ok } from '../../src/core/base/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { loseDisk } from '../support/burn.ts'
import { addRecord, failOver } from '../support/fail-over.ts'
import { marker } from '../support/guarded-lab.ts'
import { isLocked } from '../support/run-files.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

let story: Story

beforeEach(async () => {
  story = await beginStory()
})
afterEach(() => story.remove())

it('a plan of which nothing was begun is not carried out on a fleet that has gone on without its server', async () => {
  const doors: Doors = {
    openHost: server => {
      const host = localHost(server.name)
      return ok({
        ...host,
        create: async file => {
          if (server.name !== 'ns2' || !file.path.endsWith('/lock')) return host.create(file)
          await killServer(story.lab, 'ns1')
          throw new Error('Baton died here')
        },
      })
    },
  }
  await expect(switchOver(story, { ...doors })).rejects.toThrow('Baton died here')
  const { configuration } = labServerPaths(story.lab.folder, 'ns1')
  expect(isLocked(join(configuration, 'baton'))).toBe(true)
  const disk = loseDisk(story.lab, 'ns1')
  expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  await addRecord(story.lab, 'ns2', 'afterwards')
  disk.bringBack()
  // The guard makes it a standby.
  copyFileSync(join(configuration, 'named.standby.conf'), join(configuration, 'named.conf'))
  expect((await startServer(story.lab, 'ns1', 'answering')).ok).toBe(true)
  expect(await marker(story.lab, 'ns1')).toContain('role=standby')

  const order = { fleetFile: await checkOutAgain(story.lab), takeOver: true, watch: UNWATCHED }
  await resume(order)
  expect(await marker(story.lab, 'ns1')).toContain('role=standby')
  expect(await marker(story.lab, 'ns2')).toContain('role=active')
  expect(await rollback(order)).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
  const seen = await status(story)
  expect(seen.ok && seen.value.sets).toMatchObject([{ active: 'ns2', term: 2 }])
})
