import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { addRecord, failOver, orderFailover, returnAsStandby } from '../support/fail-over.ts'
import { makeActiveByHand, rejoin } from '../support/rejoin.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Following, runToEnd, type Story, switchOver, UNWATCHED } from '../support/story.ts'

/** Nothing listens there without being asked to (RFC 1078). */
const UNUSED_PORT = 1
const DOWN = new Map([['ns3', 'its rack has no power']])

describe('three peers, of which the active dies', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
    await killServer(story.lab, 'ns1')
  })
  afterEach(() => story.remove())

  const activeOf = async () => {
    const seen = await status(story)
    return seen.ok ? seen.value.sets : seen.error
  }

  const fenceOf = (keeper: string, server: string) =>
    join(labServerPaths(story.lab.folder, keeper).configuration, 'baton/fenced', server)

  it('no two persons make two of them active, each leaving the other one out', async () => {
    const [here, there] = [
      await orderFailover(story, { to: 'ns2', without: ['ns3'] }),
      await orderFailover({ fleetFile: await checkOutAgain(story.lab) }, { to: 'ns3', without: ['ns2'] }),
    ]
    const [first, second] = [await runToEnd(here), await runToEnd(there)]
    const done = [first, second].filter(run => run.ok && run.value.outcome === 'done')
    expect(done.length).toBeLessThan(2)
    expect(first).toMatchObject({ ok: false, error: [{ code: 'check.nobody-active', subject: 'ns3' }] })
  })

  it('a yes that comes when another one has taken over opens nothing', async () => {
    const late = await orderFailover({ fleetFile: await checkOutAgain(story.lab) }, { to: 'ns3' })
    expect(await failOver(story, { to: 'ns2' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
    if (!late.ok) throw new Error('it was well when it was looked at')
    const run = await late.value.start({ ...UNWATCHED, yes: 'given-by-a-person' })
    await late.value.close()
    expect(run.ok && run.value.outcome).not.toBe('done')
    expect(await activeOf()).toMatchObject([{ active: 'ns2', term: 2 }])
  })

  it('a peer that cannot be asked is fenced by name, which holds until it is back', async () => {
    await killServer(story.lab, 'ns3')
    const refused = await orderFailover(story, {})
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'check.nobody-active', subject: 'ns3' }] })
    expect(JSON.stringify(refused)).toContain('--fenced ns3=')
    expect(await failOver(story, { fencedByName: DOWN })).toMatchObject({
      ok: true,
      value: { outcome: 'done', to: 'ns2' },
    })
    expect(readFileSync(fenceOf('ns2', 'ns3'), 'utf8')).toMatch(/^words=its rack has no power$/m)
    await addRecord(story.lab, 'ns2', 'alone')

    const seen = await status(story)
    expect(seen.ok && seen.value.servers.map(({ fenced }) => fenced)).toMatchObject([
      expect.stringMatching(/^killed by the test \(/) as string,
      null,
      expect.stringMatching(/^its rack has no power \(.*@.*, 20/) as string,
      null,
    ])
    await returnAsStandby(story.lab, 'ns3')
    expect(await rejoin(story, 'ns3')).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(existsSync(fenceOf('ns2', 'ns3'))).toBe(false)
    const back = await switchOver(story, { to: 'ns3' })
    expect(back).toMatchObject({
      ok: true,
      value: { outcome: 'done', from: 'ns2', to: 'ns3', leftOut: ['ns1'] },
    })
    expect(readFileSync(fenceOf('ns3', 'ns1'), 'utf8')).toMatch(/^words=killed by the test$/m)
  })

  it.each([
    ['statistics', /its zones are not seen/, /^See to that/],
    ['dns', /its role cannot be asked/, /--fenced ns3=/],
  ] as const)('one whose %s cannot be reached stands in the way, and is told as that', async (...told) => {
    const [channel, because, remedy] = told
    const endpointsOf: Doors['endpointsOf'] = ({ name, dns, control, statistics }) => {
      const all = { dns, control, statistics }
      return name === 'ns3' ? { ...all, [channel]: { ...dns, port: UNUSED_PORT } } : all
    }
    const refused = await orderFailover(story, { to: 'ns2', endpointsOf })
    expect(refused).toMatchObject({
      ok: false,
      error: [
        {
          code: 'check.nobody-active',
          subject: 'ns3',
          because: expect.stringMatching(because) as string,
          remedy: expect.stringMatching(remedy) as string,
        },
      ],
    })
  })

  it('one that dies after the yes is asked for before writes open', async () => {
    const prepared = await orderFailover(story, { to: 'ns2' })
    if (!prepared.ok) throw new Error('all is well')
    const { plan } = prepared.value
    const run = await prepared.value.start({
      ...UNWATCHED,
      onEvent: event => {
        if (event.kind === 'step-began' && plan.steps[event.step]?.kind === 'close')
          void killServer(story.lab, 'ns3')
      },
    })
    await prepared.value.close()
    expect(run).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(JSON.stringify(run)).toContain('--fenced ns3=')
    const order = { fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED }
    expect(await resume(order)).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    const ended = await resume({ ...order, fencedByName: DOWN })
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  })

  it.each(['fence', 'collect', 'settle', 'note', 'converge'])(
    'one that dies with Baton in the step %s is passed over, once it is fenced by name',
    async kind => {
      const prepared = await orderFailover(story, { to: 'ns2' })
      if (!prepared.ok) throw new Error('all is well')
      const { plan } = prepared.value
      const onEvent: typeof UNWATCHED.onEvent = event => {
        if (event.kind === 'step-began' && plan.steps[event.step]?.kind === kind)
          throw new Error('Baton died here')
      }
      await expect(prepared.value.start({ ...UNWATCHED, onEvent })).rejects.toThrow('Baton died here')
      await prepared.value.close()
      await killServer(story.lab, 'ns3')
      const order = { fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED }
      const needed = await resume({ ...order, fencedByName: new Map([['ns2', 'by mistake']]) })
      expect(needed).toMatchObject({ ok: false, error: [{ code: 'engine.needs-fenced' }] })
      const ended = await resume({ ...order, fencedByName: DOWN })
      expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2', unwell: false } })
      expect(JSON.stringify(ended)).toContain('ns3 is fenced, and passed over')
      await addRecord(story.lab, 'ns2', 'alone')
    },
  )

  it('a switchover goes on without a dead one that is fenced by name, and not without the word', async () => {
    expect((await startServer(story.lab, 'ns1', 'answering')).ok).toBe(true)
    await killServer(story.lab, 'ns3')
    const refused = await switchOver(story, { to: 'ns2', without: ['ns3'] })
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'check.one-active', subject: 'ns3' }] })
    const told = await switchOver(story, { to: 'ns2', fencedByName: DOWN })
    expect(told).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
  })

  it('a switchover that meets a fenced one as active names no way to keep that one', async () => {
    expect((await startServer(story.lab, 'ns1', 'answering')).ok).toBe(true)
    await killServer(story.lab, 'ns3')
    const onEvent: Following['onEvent'] = (event, { plan }) => {
      if (event.kind === 'step-began' && plan.steps[event.step]?.kind === 'promote')
        throw new Error('Baton died here')
    }
    const dying = switchOver(story, { to: 'ns2', fencedByName: DOWN, onEvent })
    await expect(dying).rejects.toThrow('Baton died here')
    expect((await startServer(story.lab, 'ns3', 'answering')).ok).toBe(true)
    await makeActiveByHand(story.lab, 'ns3', 'by-hand')
    const run = await resume({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
    const refusals = [{ code: 'failover.active-answers', subject: 'ns3' }]
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: refusals } })
    expect(JSON.stringify(run)).not.toContain('To keep')
  })
})
