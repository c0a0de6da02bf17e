import { afterEach, beforeEach, expect, it } from 'vitest'
import { findServer } from '../../src/app/lab/index.ts'
import type { Server } from '../../src/core/fleet/index.ts'
import type { Endpoints } from '../../src/io/observe/index.ts'
import { findFaults } from '../support/find-faults.ts'
import { programsOf } from '../support/lab-programs.ts'
import { Relay } from '../support/relay.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'
import { startTraffic, type Traffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

/** A relay before the control port of the active holds messages back, or loses their answers. */
const HELD_BACK_MS = 12_000
const ZONES = [1, 2, 3, 4, 5, 6].map(number => `z${number}.example`)

let story: Story
let traffic: Traffic
let relay: Relay

beforeEach(async () => {
  story = await beginStory({}, { 'write-pause-max': '3s' })
  traffic = startTraffic(story.lab, { updatesPerSecond: 10, queriesPerSecond: 10 })
  const place = findServer(story.lab, 'ns1')
  if (!place.ok) throw new Error(place.error.because)
  relay = await Relay.before(place.value.control.port)
})
afterEach(async () => {
  relay.close()
  await story.remove()
})

function isFrozen(): boolean {
  const { rndc } = programsOf(story.lab)
  return ZONES.some(zone => /^frozen: yes$/m.test(rndc('ns1', 'zonestatus', zone)))
}

function throughRelay({ name, dns, control: { address, port }, statistics }: Server): Endpoints {
  return { dns, control: { address, port: name === 'ns1' ? relay.port : port }, statistics }
}

it('a freeze that the network holds back is never carried out once Baton says that everything is as it was', async () => {
  relay.hold('freeze')
  let heldAt: number | undefined
  const run = await switchOver(story, {
    endpointsOf: throughRelay,
    onEvent: () => {
      if (relay.holds > 0) heldAt ??= performance.now()
    },
  })
  expect(run).toMatchObject({
    ok: true,
    value: { outcome: 'rolled-back', problems: [{ code: 'engine.pause-over', subject: 'ns1' }] },
  })
  expect(relay.holds).toBeGreaterThan(0)
  expect(isFrozen()).toBe(false)
  const due = (heldAt ?? performance.now()) + HELD_BACK_MS
  await until('it arrives at last', () => performance.now() > due)
  await relay.deliver()
  expect(isFrozen()).toBe(false)
  const { written, watched } = await traffic.stop()
  expect(watched.overlaps).toEqual([])
  expect(await findFaults(story.lab, { standings: [{ active: 'ns1', term: 1 }], written })).toEqual([])
})

it('a reconfig whose answer is lost is done where the server says so afterwards', async () => {
  relay.cut('reconfig')
  const began = performance.now()
  const run = await switchOver(story, { endpointsOf: throughRelay })
  expect(run).toMatchObject({ ok: true, value: { outcome: 'done', problems: [] } })
  expect(performance.now() - began).toBeLessThan(60_000)
  const { written, watched } = await traffic.stop()
  expect(watched.overlaps).toEqual([])
  expect(await findFaults(story.lab, { standings: [{ active: 'ns2', term: 2 }], written })).toEqual([])
})
