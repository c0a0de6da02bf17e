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

/** A relay before the control port of a peer holds messages back, or their answers, or loses these. */
const HELD_BACK_MS = 12_000
const ZONES = [1, 2, 3, 4, 5, 6].map(number => `z${number}.example`)

let story: Story
let traffic: Traffic
const relays = new Map<string, Relay>()

beforeEach(async () => {
  story = await beginStory({}, { 'write-pause-max': '3s' })
  traffic = startTraffic(story.lab, { updatesPerSecond: 10, queriesPerSecond: 10 })
  for (const name of ['ns1', 'ns2']) {
    const place = findServer(story.lab, name)
    if (!place.ok) throw new Error(place.error.because)
    relays.set(name, await Relay.before(place.value.control.port))
  }
})
afterEach(async () => {
  for (const relay of relays.values()) relay.close()
  relays.clear()
  await story.remove()
})

function relayBefore(server: string): Relay {
  const relay = relays.get(server)
  if (relay === undefined) throw new Error(`no relay before ${server}`)
  return relay
}

function isFrozen(): boolean {
  const { rndc } = programsOf(story.lab)
  return ZONES.some(zone => /^frozen: yes$/m.test(rndc('ns1', 'zonestatus', zone)))
}

function throughRelay({ name, dns, control: { address, port }, statistics }: Server): Endpoints {
  return { dns, control: { address, port: relays.get(name)?.port ?? port }, statistics }
}

/** Nothing is to happen any more, and everything is as it was said to be. */
async function expectStanding(active: string, term: number): Promise<void> {
  const { written, watched } = await traffic.stop()
  expect(watched.overlaps).toEqual([])
  expect(await findFaults(story.lab, { standings: [{ active, term }], written })).toEqual([])
}

/** Table: an order of which Baton hears nothing within the pause, and what of it the network holds. */
const UNHEARD = [
  { held: 'a freeze', server: 'ns1', put: () => relayBefore('ns1').hold('freeze') },
  { held: 'the answer to a freeze', server: 'ns1', put: () => relayBefore('ns1').holdAnswer('freeze') },
  { held: 'the reconfig of a promotion', server: 'ns2', put: () => relayBefore('ns2').holdOnce('reconfig') },
] as const

it.each(UNHEARD)(
  '$held that comes late does nothing once everything is as it was',
  async ({ server, put }) => {
    put()
    const relay = relayBefore(server)
    let heldAt: number | undefined
    const run = await switchOver(story, {
      endpointsOf: throughRelay,
      onEvent: () => {
        if (relay.holds > 0) heldAt ??= performance.now()
      },
    })
    expect(run).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', problems: [{ code: 'engine.pause-over' }] },
    })
    expect(relay.holds).toBeGreaterThan(0)
    expect(isFrozen()).toBe(false)
    const due = (heldAt ?? performance.now()) + HELD_BACK_MS
    await until('it arrives at last', () => performance.now() > due)
    await relay.deliver()
    expect(isFrozen()).toBe(false)
    await expectStanding('ns1', 1)
  },
)

/** Table: a reconfig whose answer is lost, and whether named took another configuration a moment before. */
const LOST = [
  { server: 'ns2', step: 'promote', before: 'long before' },
  { server: 'ns1', step: 'demote', before: 'long before' },
  { server: 'ns1', step: 'demote', before: 'in the same second' },
] as const

it.each(LOST)(
  'a reconfig of $server whose answer is lost is done, with one $before it',
  async ({ server, step, before }) => {
    relayBefore(server).cut('reconfig')
    const began = performance.now()
    const run = await switchOver(story, {
      endpointsOf: throughRelay,
      onEvent: (event, { plan }) => {
        if (before === 'long before' || event.kind !== 'step-began') return
        if (plan.steps[event.step]?.kind !== step) return
        // named dates its configuration in whole seconds: both fall into one that has just begun.
        while (Date.now() % 1000 > 100);
        programsOf(story.lab).rndc(server, 'reconfig')
      },
    })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', problems: [] } })
    expect(performance.now() - began).toBeLessThan(60_000)
    await expectStanding('ns2', 2)
  },
)
