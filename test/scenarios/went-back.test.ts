import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { status } from '../../src/app/commands/index.ts'
import type { StatusDocument } from '../../src/app/contract/index.ts'
import { killServer, labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { dynamicZones, equalContent, guard, marker, rndc, update } from '../support/guarded-lab.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'

let story: Story
let kept: string

beforeEach(async () => {
  story = await beginStory()
  kept = mkdtempSync(join(tmpdir(), 'baton-kept-'))
})
afterEach(async () => {
  rmSync(kept, { recursive: true })
  await story.remove()
})

it('an active whose machine was put back is behind everybody: it is said, and a failover saves what the others have', async () => {
  const { lab } = story
  const [zone] = dynamicZones(lab)
  await update(lab, { server: 'ns1', zone, label: 'early' })
  await equalContent(lab)
  await rndc(lab, 'ns1', ['sync'])
  keep('ns1')
  await update(lab, { server: 'ns1', zone, label: 'later' })
  await equalContent(lab)
  await putBack('ns1')
  // Its guard is sure of itself: it was active in the newest term then, and still nobody knows a higher one.
  expect((await guard(lab, 'ns1', 'boot')).output).toContain('active because guard.confirmed')
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)

  const [verdict, ...more] = verdictsOf(await look())
  expect(more).toEqual([])
  expect(verdict).toMatchObject({
    code: 'snapshot.serials-went-back',
    severity: 'problem',
    subject: 'ns1',
    zones: [zone],
  })
  expect(verdict?.remedy).toContain('`baton failover --from ns1`')

  await rndc(lab, 'ns1', ['freeze'])
  expect((await stopServer(lab, 'ns1')).ok).toBe(true)
  expect(await failOver(story, { from: 'ns1' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
  expect((await guard(lab, 'ns1', 'boot')).output).toContain('standby because guard.higher-term')
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)
  await equalContent(lab)
  await update(lab, { server: 'ns2', zone, label: 'latest' })
  await equalContent(lab)
}, 180_000)

it('a peer that comes back from before a switchover is told by the history, and its guard makes it standby', async () => {
  const { lab } = story
  keep('ns1')
  expect(await switchOver(story, { to: 'ns2' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
  await putBack('ns1')
  expect((await startServer(lab, 'ns1', 'loaded')).ok).toBe(true)

  const codes = verdictsOf(await look()).map(({ code, subject }) => `${code} ${subject}`)
  expect(codes).toContain('snapshot.two-actives default')
  expect(codes).toContain('snapshot.term-went-back ns1')

  expect((await guard(lab, 'ns1', 'watch')).output).toContain('standby because guard.higher-term')
  expect(await marker(lab, 'ns1')).toContain('"role=standby" "term=2"')
  await equalContent(lab)
  expect(verdictsOf(await look()).map(({ code }) => code)).not.toContain('snapshot.term-went-back')
}, 180_000)

/** A copy of all that is on a server's disk. */
function keep(server: string): void {
  for (const path of foldersOf(server)) cpSync(path, join(kept, path), { recursive: true })
}

/** The machine is switched off, and its disk is again as it was when it was copied. */
async function putBack(server: string): Promise<void> {
  expect((await killServer(story.lab, server)).ok).toBe(true)
  for (const path of foldersOf(server)) {
    rmSync(path, { recursive: true })
    cpSync(join(kept, path), path, { recursive: true })
  }
}

function foldersOf(server: string): readonly string[] {
  const { configuration, directory } = labServerPaths(story.lab.folder, server)
  return [configuration, directory]
}

async function look(): Promise<StatusDocument> {
  const seen = await status({ fleetFile: story.fleetFile })
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  return seen.value
}

function verdictsOf({ verdicts }: StatusDocument) {
  return verdicts.filter(({ severity }) => severity === 'problem')
}
