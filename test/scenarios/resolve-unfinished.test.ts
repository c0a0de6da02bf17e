import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, rollback, status } from '../../src/app/commands/index.ts'
import { type Lab, labServerPaths } from '../../src/app/lab/index.ts'
import { ok } from '../../src/core/base/index.ts'
import { type Host, localHost } from '../../src/io/hosts/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { dyingDoors, dyingHost, MOMENTS, type Moment, WriteCounter } from '../support/dying-host.ts'
import { addRecord } from '../support/fail-over.ts'
import { equalContent } from '../support/guarded-lab.ts'
import { makeActiveByHand, rescuesOn, resolveActives } from '../support/rejoin.ts'
import { beginStory, type Story, UNWATCHED } from '../support/story.ts'

class Death extends Error {}

/** Doors behind which the run ends for good at one of its writes; told when that write is the guard. */
function doorsTo(counter: WriteCounter, onGuard: () => void): Doors {
  const openHost: Doors['openHost'] = server => {
    const host = localHost(server.name)
    const run: Host['run'] = command => {
      if (command.kind === 'guard') onGuard()
      return host.run(command)
    }
    return ok(dyingHost({ ...host, run }, counter))
  }
  return { ...dyingDoors(counter), openHost }
}

describe('two actives that are resolved by a run that dies', () => {
  let story: Story
  let writes: number
  let writeOfGuard: number
  /** How often ns1 had something to save. */
  let rounds = 0

  /** ns1 is active beside ns2, each with an update of its own. */
  const beginRound = async () => {
    rounds++
    await makeActiveByHand(story.lab, 'ns1', `orphan${rounds}`)
    await addRecord(story.lab, 'ns2', `survivor${rounds}`)
  }

  beforeAll(async () => {
    story = await beginStory({}, { 'convergence-max': '30s' })
    await makeActiveByHand(story.lab, 'ns2', 'by-hand')
    rounds++
    const counter = new WriteCounter()
    const doors = doorsTo(counter, () => {
      writeOfGuard = counter.writes
    })
    const ended = await resolveActives(story, 'ns2', doors)
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false } })
    writes = counter.writes
  }, 60_000)
  afterAll(() => story.remove())

  /** One in so many writes is tried here. */
  const places = Array.from({ length: 9 }, (_, index) => ({
    place: (index + 1) / 10,
    moment: MOMENTS[index % MOMENTS.length] as Moment,
  }))

  it.each(places)('$moment a write at $place of its way is taken to its end', ({ place, moment }) =>
    dieAndResume({ write: Math.ceil(writes * place), moment }),
  )

  it('while the guard is at work, which goes on without it, is taken to its end', async () => {
    await dieAndResume({ write: writeOfGuard, moment: 'amid' })
  })

  const dieAndResume = async (at: { readonly write: number; readonly moment: Moment }) => {
    await beginRound()
    const die = () => {
      throw new Death()
    }
    const counter = new WriteCounter({ ...at, die })
    await expect(resolveActives(story, 'ns2', dyingDoors(counter))).rejects.toThrow(Death)
    const { fleetFile, lab } = story
    const taking = { fleetFile, takeOver: true, watch: UNWATCHED }
    let resumed = await resume(taking)
    if (!resumed.ok && resumed.error.some(({ code }) => code === 'engine.not-begun')) {
      expect(await rollback(taking)).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
      resumed = await resolveActives(story, 'ns2', {})
    }
    expect(resumed).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false } })
    await equalContent(lab)
    expect(rescuesOn(lab, 'ns1').filter(place => isOfActive(lab, place))).toHaveLength(rounds)
    const seen = await status({ fleetFile })
    expect(seen.ok && seen.value.verdicts.filter(({ severity }) => severity === 'problem')).toEqual([])
  }
})

/** A guard that is ordered twice saves what was transferred in between too, in the term that it learned at first. */
function isOfActive(lab: Lab, place: string): boolean {
  const { configuration } = labServerPaths(lab.folder, 'ns1')
  const manifest = readFileSync(join(configuration, 'baton', 'rescue', place, 'manifest'), 'utf8')
  const termOf = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(manifest)?.[1]
  return termOf('term') !== termOf('term-learned')
}
