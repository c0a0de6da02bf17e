import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { breakLab, mendLab } from '../../src/app/lab/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'

describe('a server that hangs', () => {
  let story: Story

  beforeAll(async () => {
    story = await beginStory()
  })
  afterAll(() => story.remove())

  it('is a refusal with a reason once the deadline has passed, and nothing was changed', async () => {
    const hung = await breakLab(story.lab.folder, { kind: 'hang', server: 'ns2' })
    expect(hung.ok).toBe(true)
    const waited = new Set<string>()
    const lookWatch = { began: () => undefined, ended: (server: string) => waited.add(server) }
    const run = await switchOver(story, { to: 'ns2', lookWatch })
    expect((await mendLab(story.lab.folder)).ok).toBe(true)
    expect(run.ok).toBe(false)
    expect(run.ok ? [] : run.error).toEqual([
      expect.objectContaining({ code: 'check.servers-answer', subject: 'ns2' }),
    ])
    expect([...waited]).toContain('ns2')
    const standings = [{ active: 'ns1', term: 1 }]
    expect(await findFaults(story.lab, { standings, written: { updates: [], unacknowledged: [] } })).toEqual(
      [],
    )
  })
})
