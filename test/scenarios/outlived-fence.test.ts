import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, status } from '../../src/app/commands/index.ts'
import { killServer, labServerPaths } from '../../src/app/lab/index.ts'
import { failOver, orderFailover, returnAsStandby } from '../support/fail-over.ts'
import { interruptAt } from '../support/interrupt.ts'
import { codesOf, rejoin } from '../support/rejoin.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const DOWN = new Map([['ns3', 'its rack has no power']])
const PROMOTING = { when: 'before', command: 'reconfig', server: 'ns2' } as const

describe('the word that a server takes no writes', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
  })
  afterEach(() => story.remove())

  const fenceOn = (keeper: string, server: string) =>
    join(labServerPaths(story.lab.folder, keeper).configuration, 'baton/fenced', server)

  const fencedIn = async () => {
    const seen = await status(story)
    if (!seen.ok) throw new Error('no status')
    return seen.value.servers.filter(({ fenced }) => fenced !== null).map(({ server }) => server)
  }

  it('is over once it came back, although a peer that was away then has it still', async () => {
    await killServer(story.lab, 'ns1')
    expect(await failOver(story, { to: 'ns2' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await killServer(story.lab, 'ns3')
    await returnAsStandby(story.lab, 'ns1')
    expect(await rejoin(story, 'ns1')).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await returnAsStandby(story.lab, 'ns3')
    await killServer(story.lab, 'ns1')
    expect(existsSync(fenceOn('ns3', 'ns1'))).toBe(true)
    expect(await fencedIn()).toEqual([])
    const refused = await switchOver(story, { to: 'ns3' })
    expect(codesOf(refused)).not.toEqual([])
    expect(JSON.stringify(refused)).toContain('--fenced ns1=')
  })

  it('goes with the run that was given it, when that is taken back', async () => {
    const died = switchOver(story, {
      to: 'ns2',
      ...interruptAt(PROMOTING, async () => {
        await killServer(story.lab, 'ns3')
        throw new Error('Baton died here')
      }),
    })
    await expect(died).rejects.toThrow('died here')
    const stopped = { ...UNWATCHED, signal: AbortSignal.abort() }
    const order = { fleetFile: story.fleetFile, takeOver: true, fencedByName: DOWN, watch: stopped }
    expect(await resume(order)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(['ns1', 'ns2'].filter(keeper => existsSync(fenceOn(keeper, 'ns3')))).toEqual([])
    expect(await fencedIn()).toEqual([])
  })

  it('is not passed over where it cannot be read, nor its term with it', async () => {
    await killServer(story.lab, 'ns1')
    mkdirSync(fenceOn('ns3', 'ns1'), { recursive: true })
    expect(await orderFailover(story, { to: 'ns2' })).toMatchObject({
      ok: false,
      error: [{ code: 'hosts.is-a-folder', subject: `ns3:${fenceOn('ns3', 'ns1')}` }],
    })
    rmSync(fenceOn('ns3', 'ns1'), { recursive: true })
    writeFileSync(fenceOn('ns3', 'ns1'), 'switched off\n')
    const told = await orderFailover(story, { to: 'ns2' })
    if (!told.ok) throw new Error(codesOf(told).join())
    expect(told.value.document.warnings.join()).toContain(fenceOn('ns3', 'ns1'))
    await told.value.close()
  })
})
