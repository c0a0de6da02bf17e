import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume } from '../../src/app/commands/index.ts'
import { type Lab, labServerPaths, labZones, startServer, stopServer } from '../../src/app/lab/index.ts'
import { addRecord, dynamicZone, serialOn } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { until } from '../support/until.ts'

const BEFORE_SWAP = { when: 'before', command: 'reconfig', server: 'ns2' } as const

describe('a promotion that is to be taken back from a zone that was loaded from something older', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  it('is not taken back in silence: it stops, says so, and goes on when the server is a standby again', async () => {
    const { lab } = story
    await addRecord(lab, 'ns1', 'before')
    await until('ns2 has it', async () => (await serialOn(lab, 'ns1')) === (await serialOn(lab, 'ns2')))
    const run = await switchOver(story, { ...interruptAt(BEFORE_SWAP, async () => age(lab, 'ns2')) })
    expect(run).toMatchObject({
      ok: true,
      value: { outcome: 'incomplete', problems: [{ code: 'engine.forked', subject: 'ns2' }] },
    })
    expect((await stopServer(lab, 'ns2')).ok).toBe(true)
    expect((await startServer(lab, 'ns2', 'loaded')).ok).toBe(true)
    const resumed = await resume({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
    expect(resumed).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
    const written = { updates: [], unacknowledged: [] }
    expect(await findFaults(lab, { standings: [{ active: 'ns1', term: 1 }], written })).toEqual([])
  })
})

/** The disk of a server goes back in time for one zone, as a restored backup would. */
async function age(lab: Lab, server: string): Promise<void> {
  const name = dynamicZone(lab)
  const zone = labZones(lab.plan).find(candidate => candidate.name === name)
  const file = join(labServerPaths(lab.folder, server).directory, zone?.file ?? '')
  const serial = await serialOn(lab, server)
  programsOf(lab).rndc(server, 'sync', name)
  // named answers before it has written; what is put there earlier it would write over.
  await until('the zone is on disk', async () => serialIn(file) === serial)
  const older = readFileSync(file, 'utf8').replace(SOA_SERIAL, (_, head: string) => `${head}${serial - 1}`)
  writeFileSync(file, older)
  rmSync(`${file}.jnl`, { force: true })
  expect(serialIn(file)).toBe(serial - 1)
}

const SOA_SERIAL = /(SOA\s+\S+\s+\S+\s+\(?\s*)(\d+)/

function serialIn(file: string): number {
  return Number(SOA_SERIAL.exec(readFileSync(file, 'utf8'))?.[2])
}
