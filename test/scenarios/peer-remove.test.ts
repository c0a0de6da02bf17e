import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  check,
  history,
  type PeerRemoveOptions,
  preparePeerRemove,
  preparePush,
  resume,
  rollback,
  status,
} from '../../src/app/commands/index.ts'
import { killServer, labServerPaths, startServer } from '../../src/app/lab/index.ts'
import { burn as burnIn } from '../support/burn.ts'
import { failOver } from '../support/fail-over.ts'
import { interruptAt } from '../support/interrupt.ts'
import { beginStory, runToEnd, type Story, switchOver, UNWATCHED } from '../support/story.ts'

describe('a peer that never comes back', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
  })
  afterEach(() => story.remove())

  const order = (telling: Partial<PeerRemoveOptions> = {}) =>
    preparePeerRemove({
      fleetFile: story.fleetFile,
      servers: ['ns3'],
      reason: 'burnt',
      despiteAnswer: [],
      ...telling,
    })
  const remove = async (telling: Partial<PeerRemoveOptions> = {}) => runToEnd(await order(telling))
  const push = async () => runToEnd(await preparePush({ fleetFile: story.fleetFile, reason: undefined }))
  const codesOf = async () => {
    const seen = await status(story)
    return seen.ok ? seen.value.verdicts.map(({ code }) => code) : seen.error
  }
  const fenceOf = (keeper: string, server: string) =>
    join(labServerPaths(story.lab.folder, keeper).configuration, 'baton/fenced', server)
  const configurationOf = (server: string) =>
    readFileSync(join(labServerPaths(story.lab.folder, server).configuration, 'named.standby.conf'), 'utf8')

  const burn = (server: string) => burnIn(story.lab, server)

  it('is out of every operation, though baton.yaml names it still', async () => {
    await burn('ns3')
    expect(await switchOver(story, { to: 'ns2' })).toMatchObject({ ok: false })
    const prepared = await order()
    expect(prepared.ok && prepared.value.document).toMatchObject({ leftOut: ['ns3'] })
    const removed = await runToEnd(prepared)
    expect(removed).toMatchObject({
      ok: true,
      value: { operation: 'peer-remove', outcome: 'done', leftOut: ['ns3'], problems: [] },
    })
    expect(JSON.stringify(removed)).toMatch(/Take ns3 out of baton.yaml \(it is named in line \d+/)
    for (const keeper of ['ns1', 'ns2'])
      expect(readFileSync(fenceOf(keeper, 'ns3'), 'utf8')).toMatch(/^ends=never$/m)

    expect(await codesOf()).toContain('snapshot.removed-named')
    expect(await status(story)).toMatchObject({ ok: true, value: { well: true } })
    expect(await switchOver(story, { to: 'ns2' })).toMatchObject({
      ok: true,
      value: { outcome: 'done', from: 'ns1', to: 'ns2', leftOut: [], problems: [] },
    })
    expect(await push()).toMatchObject({ ok: true, value: { outcome: 'done', problems: [] } })
    expect(configurationOf('ns2')).not.toContain('ns3')
    await killServer(story.lab, 'ns2')
    expect(await failOver(story)).toMatchObject({
      ok: true,
      value: { outcome: 'done', from: 'ns2', to: 'ns1', leftOut: [] },
    })
    expect(await remove()).toMatchObject({ ok: true, value: { outcome: 'nothing-to-do' } })
    const told = await history(story)
    expect(told.ok && told.value.runs.map(({ operation }) => operation)).toContain('peer-remove')
  })

  it('is told of loudly where it comes back as active, and nobody is promoted beside it', async () => {
    await killServer(story.lab, 'ns1')
    expect(await failOver(story, { to: 'ns2' })).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(readFileSync(fenceOf('ns2', 'ns1'), 'utf8')).toMatch(/^ends=on-return$/m)
    expect(await remove({ servers: ['ns1'] })).toMatchObject({ ok: true, value: { outcome: 'done' } })
    expect(await codesOf()).toEqual(expect.arrayContaining(['snapshot.removed-named']))
    expect((await startServer(story.lab, 'ns1', 'answering')).ok).toBe(true)
    const seen = await status(story)
    expect(seen).toMatchObject({ ok: true, value: { well: false } })
    expect(await codesOf()).toContain('snapshot.removed-active')
    const refusal = { code: 'check.one-active', subject: 'ns1' }
    expect(await switchOver(story, { to: 'ns3' })).toMatchObject({ ok: false, error: [refusal] })
    const asked = await check({ fleetFile: story.fleetFile, set: undefined, to: 'ns3', without: [] })
    expect(asked).toMatchObject({ ok: true, value: { passed: false } })
    expect(JSON.stringify(asked)).toContain(
      'it was removed from the fleet for good, and says that it is active',
    )
    await killServer(story.lab, 'ns2')
    expect(await failOver(story, { to: 'ns3' })).toMatchObject({
      ok: false,
      error: [{ code: 'check.nobody-active', subject: 'ns1' }],
    })
  })

  it('is nobody who answers, is active, or is one of two that are left', async () => {
    const codes = async (telling: Partial<PeerRemoveOptions>) => {
      const refused = await remove(telling)
      return refused.ok ? refused.value.outcome : refused.error.map(({ code }) => code)
    }
    expect(await codes({})).toEqual(['peer.answers'])
    expect(await codes({ despiteAnswer: ['ns3'] })).toEqual(['peer.answers'])
    expect(await codes({ servers: ['e1'] })).toEqual(['peer.no-peer'])
    expect(await codes({ servers: ['ns9'] })).toEqual(['fleet.unknown-server'])
    await killServer(story.lab, 'ns1')
    expect(await codes({ servers: ['ns1'] })).toEqual(['peer.may-be-active'])
    await killServer(story.lab, 'ns3')
    expect(await codes({})).toEqual(['peer.may-be-active'])
    expect((await startServer(story.lab, 'ns1', 'answering')).ok).toBe(true)
    await killServer(story.lab, 'ns2')
    expect(await codes({ servers: ['ns2', 'ns3'] })).toEqual(['peer.too-few-left'])
    expect(existsSync(fenceOf('ns1', 'ns3'))).toBe(false)
  })

  it('belongs to the fleet again where a peer cannot write it down, and the next try does it', async () => {
    await killServer(story.lab, 'ns3')
    const stateOf = (server: string) =>
      readFileSync(join(labServerPaths(story.lab.folder, server).configuration, 'baton/state'), 'utf8')
    const before = ['ns1', 'ns2'].map(stateOf)
    const place = join(fenceOf('ns2', 'ns3'), '..')
    writeFileSync(place, 'no folder')
    expect(await remove()).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(existsSync(fenceOf('ns1', 'ns3'))).toBe(false)
    expect(['ns1', 'ns2'].map(stateOf)).toEqual(before)
    rmSync(place)
    expect(await remove()).toMatchObject({ ok: true, value: { outcome: 'done' } })
    for (const state of ['ns1', 'ns2'].map(stateOf)) expect(state).not.toContain('ns3')
  })

  /** Baton dies once the peers have written it down. */
  const dieInRemoval = async () => {
    const prepared = await order()
    if (!prepared.ok || prepared.value.plan === undefined) throw new Error('it is silent')
    const dying = prepared.value.start({
      ...UNWATCHED,
      onEvent: event => {
        if (event.kind === 'step-done') throw new Error('it dies here')
      },
    })
    await expect(dying).rejects.toThrow('it dies here')
    await prepared.value.close()
  }

  it.each([
    ['resume', resume, 'done', true],
    ['rollback', rollback, 'rolled-back', false],
  ] as const)(
    'a removal that died in its middle is ended by %s, without it',
    async (...[, act, outcome, isOut]) => {
      await burn('ns3')
      await dieInRemoval()
      const ending = { fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED }
      expect(await act(ending)).toMatchObject({ ok: true, value: { outcome, problems: [] } })
      expect(existsSync(fenceOf('ns1', 'ns3'))).toBe(isOut)
    },
  )

  it('a removal that loses a peer which stays is taken back without that one', async () => {
    await burn('ns3')
    await dieInRemoval()
    await burn('ns2')
    const seen = await status(story)
    expect(JSON.stringify(seen)).toContain('`baton rollback --without ns2`')
    const ending = { fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED }
    const ended = await rollback({ ...ending, without: ['ns2'] })
    expect(ended).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back', leftOut: ['ns3', 'ns2'], problems: [] },
    })
    expect(JSON.stringify(ended)).toContain('ns2: what this peer-remove did there stays')
    expect(existsSync(fenceOf('ns1', 'ns3'))).toBe(false)
    expect(await codesOf()).not.toContain('snapshot.run-unfinished')
  })

  it('waits for the end of a run, and the way to that is said and leads there', async () => {
    const died = await switchOver(story, {
      to: 'ns2',
      ...interruptAt({ when: 'after', command: 'reconfig', server: 'ns2' }, async () => {
        await killServer(story.lab, 'ns3')
        throw new Error('it dies here')
      }),
    }).catch(() => undefined)
    expect(died).toBeUndefined()
    const refused = await remove()
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'peer.run-unfinished' }] })
    expect(JSON.stringify(refused)).toContain('baton resume --fenced ns3=')
    const ended = await resume({
      fleetFile: story.fleetFile,
      takeOver: true,
      watch: UNWATCHED,
      fencedByName: new Map([['ns3', 'burnt']]),
    })
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
    expect(await remove()).toMatchObject({ ok: true, value: { outcome: 'done' } })
  })
})
