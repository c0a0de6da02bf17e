import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { history, status } from '../../src/app/commands/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'

const TRAFFIC = { updatesPerSecond: 40, queriesPerSecond: 100 }

describe('a switchover while updates and queries keep coming', () => {
  let story: Story

  beforeAll(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
  })
  afterAll(() => story.remove())

  it.each([
    ['ns2', 2],
    ['ns3', 3],
    ['ns1', 4],
  ])('passes the role to %s, and nothing is lost or doubled', async (to, term) => {
    const traffic = startTraffic(story.lab, TRAFFIC)
    const run = await switchOver(story, { to, reason: `it is the turn of ${to}` })
    const { written, asked, turns, watched } = await traffic.stop()
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, to, term, problems: [] } })
    expect(await findFaults(story.lab, { standings: [{ active: to, term }], written })).toEqual([])
    expect(turns.length, 'turns of writing').toBeLessThanOrEqual(2)
    expect(watched.overlaps).toEqual([])
    expect([asked.unanswered, asked.mishaps]).toEqual([0, []])
  })

  it('tells the third peer of every new term', async () => {
    const seen = await status(story)
    expect(seen.ok && seen.value.well).toBe(true)
    expect(seen.ok && seen.value.servers.map(({ roles }) => roles['default'])).toEqual([
      'active',
      'standby',
      'standby',
      undefined,
    ])
  })

  it('stands in the history with who, why, what, how long, the pause and the outcome', async () => {
    const told = await history(story)
    expect(told.ok && told.value.runs).toMatchObject([
      { from: 'ns1', to: 'ns2', term: 2, reason: 'it is the turn of ns2', outcome: 'done', because: null },
      { from: 'ns2', to: 'ns3', term: 3, reason: 'it is the turn of ns3', outcome: 'done', because: null },
      { from: 'ns3', to: 'ns1', term: 4, reason: 'it is the turn of ns1', outcome: 'done', because: null },
    ])
    const [first] = told.ok ? told.value.runs : []
    expect(first?.by).toMatch(/^.+@.+$/)
    expect(first?.writePauseMs).toBeGreaterThan(0)
    expect(first?.elapsedMs).toBeGreaterThan(first?.writePauseMs ?? 0)
  })
})
