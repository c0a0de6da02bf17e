import { existsSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { status } from '../../src/app/commands/index.ts'
import { killServer, startServer, stopServer } from '../../src/app/lab/index.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'

/** Longer ago than the SOA of a lab's zones lets a copy live, in days. */
const DAYS_AGO = 30
const DAY_S = 86_400

describe('a zone that expired on a secondary', () => {
  let story: Story

  beforeAll(async () => {
    story = await beginStory({ zones: 2, zonesDynamic: 0 })
  })
  afterAll(() => story.remove())

  const verdicts = async () => {
    const seen = await status({ fleetFile: story.fleetFile })
    if (!seen.ok) throw new Error(JSON.stringify(seen.error))
    return seen.value.verdicts
  }
  /** named counts from the age of the file, and starts with an expired copy where no primary answers. */
  const expire = async (server: string, zone: string) => {
    expect((await stopServer(story.lab, server)).ok).toBe(true)
    for (const peer of ['ns1', 'ns2']) expect((await killServer(story.lab, peer)).ok).toBe(true)
    const file = join(story.lab.folder, 'servers', server, 'var', 'zones', `${zone}.db`)
    const then = Date.now() / 1000 - DAYS_AGO * DAY_S
    for (const path of [file, `${file}.jnl`]) if (existsSync(path)) utimesSync(path, then, then)
    expect((await startServer(story.lab, server, 'answering')).ok).toBe(true)
  }

  it('is told as expired, and comes back by the command of the remedy', async () => {
    await expire('e1', 'z1.example')
    const expired = await verdicts()
    expect(expired).toContainEqual(
      expect.objectContaining({ code: 'snapshot.zones-expired', subject: 'e1', zones: ['z1.example'] }),
    )
    const { remedy } = expired.find(({ code }) => code === 'snapshot.zones-expired') ?? {}
    const command = /`rndc (?<words>.* retransfer z1\.example)`/.exec(remedy ?? '')?.groups?.['words']
    expect(command).toBeDefined()
    for (const peer of ['ns1', 'ns2']) expect((await startServer(story.lab, peer, 'loaded')).ok).toBe(true)
    programsOf(story.lab).rndc('e1', 'retransfer', 'z1.example')
    await expect.poll(verdicts, { timeout: 20_000 }).toEqual([])
    expect(await switchOver(story, {})).toMatchObject({ ok: true, value: { outcome: 'done' } })
  })
})
