import { afterAll, beforeAll, expect, it } from 'vitest'
import { check, status } from '../../src/app/commands/index.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'

/** More than one look may ask about. */
const DYNAMIC = 1_200

let story: Story

beforeAll(async () => {
  story = await beginStory({ zones: DYNAMIC, zonesDynamic: DYNAMIC })
}, 120_000)
afterAll(() => story.remove())

async function look() {
  const seen = await status({ fleetFile: story.fleetFile })
  if (!seen.ok) throw new Error(JSON.stringify(seen.error))
  const [frozen] = seen.value.verdicts.filter(({ code }) => code === 'snapshot.zones-frozen')
  const unasked = seen.value.servers.map(({ frozenUnasked }) => frozenUnasked)
  return { well: seen.value.well, frozen, unasked }
}

it('status asks about some zones at a time, says of how many it did not, and comes to all of them', async () => {
  const { rndc } = programsOf(story.lab)
  await until('all is well', async () => (await look()).well)
  const { unasked } = await look()
  expect(unasked[0]).toBeGreaterThanOrEqual(DYNAMIC - 1_000)
  expect(unasked.slice(1)).toEqual([null, null])
  const last = `z${DYNAMIC}.example`
  rndc('ns1', 'freeze', last)
  await until('it is found', async () => (await look()).frozen !== undefined)
  // Once found it is asked first.
  for (let again = 0; again < 3; again++) {
    const { well, frozen } = await look()
    expect(well).toBe(false)
    expect(frozen).toMatchObject({ subject: 'ns1', zones: [last], severity: 'problem' })
    expect(frozen?.remedy).toMatch(new RegExp(`rndc .* thaw ${last}`))
  }
  rndc('ns1', 'thaw', last)
  expect(await look()).toMatchObject({ well: true, frozen: undefined })
}, 120_000)

it('an active of which every zone is frozen is not well, and a check names them all', async () => {
  const { rndc } = programsOf(story.lab)
  rndc('ns1', 'freeze')
  const { well, frozen } = await look()
  expect([well, frozen?.subject]).toEqual([false, 'ns1'])
  const checked = await check({ fleetFile: story.fleetFile, set: undefined, to: undefined, without: [] })
  if (!checked.ok) throw new Error(JSON.stringify(checked.error))
  expect(checked.value.checks.find(({ name }) => name === 'zones-not-frozen')).toMatchObject({
    outcome: 'no',
    reasons: [{ subject: 'ns1', because: expect.stringContaining(`${DYNAMIC} zones frozen`) as string }],
  })
}, 120_000)
