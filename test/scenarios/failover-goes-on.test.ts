import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { describeUnfinished, history, rollback, status } from '../../src/app/commands/index.ts'
import { killServer, startServer } from '../../src/app/lab/index.ts'
import { fail, failure, ok } from '../../src/core/base/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { dyingDoors, WriteCounter } from '../support/dying-host.ts'
import { addRecord, failOver, orderFailover, type Telling } from '../support/fail-over.ts'
import { interruptAt } from '../support/interrupt.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

class Death extends Error {}

describe('a failover that is to end a switchover which lost its old active in the promotion', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
    const lose = async () => {
      await killServer(story.lab, 'ns1')
      throw new Death()
    }
    const inPromotion = interruptAt({ when: 'after', command: 'reconfig', server: 'ns2' }, lose)
    await expect(switchOver(story, { to: 'ns2', ...inPromotion })).rejects.toThrow(Death)
  })
  afterEach(() => story.remove())

  const takingUp = () => ({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
  const unfinished = async () => {
    const found = await describeUnfinished(story)
    return found.ok ? found.value.operation : found.error.map(({ code }) => code).join(' ')
  }
  const begin = async (telling: Telling = {}, between: () => Promise<unknown> = async () => undefined) => {
    const prepared = await orderFailover(story, telling)
    if (!prepared.ok) return prepared
    await between()
    try {
      return await prepared.value.start({ ...UNWATCHED, yes: 'given-by-a-person' })
    } finally {
      await prepared.value.close()
    }
  }
  const expectDone = async () => {
    expect(await begin()).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2', problems: [] } })
    await addRecord(story.lab, 'ns2', 'afterwards')
    const seen = await status(story)
    expect(seen.ok && seen.value.sets).toMatchObject([{ active: 'ns2', term: 3 }])
    expect(await unfinished()).toBe('engine.nothing-unfinished')
    const told = await history(story)
    const runs = told.ok ? told.value.runs.map(({ operation, outcome }) => `${operation} ${outcome}`) : []
    expect(runs.filter(run => !run.endsWith('rolled-back'))).toEqual([
      'switchover superseded',
      'failover done',
    ])
  }

  /** To the first step: its plan, the locks, who holds it, the checks once more. */
  const writesOfBeginning = async () => {
    const counter = new WriteCounter()
    let writes = 0
    const run = failOver(story, {
      ...dyingDoors(counter),
      onEvent: () => {
        writes = counter.writes
        throw new Death()
      },
    })
    await expect(run).rejects.toThrow(Death)
    return writes
  }

  it('dies at any write of its beginning: a command leads on from there', async () => {
    const writes = await writesOfBeginning()
    expect(await rollback(takingUp())).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    const die = () => {
      throw new Death()
    }
    for (let write = 1; write <= writes; write++) {
      const doors = dyingDoors(new WriteCounter({ write, moment: 'before', die }))
      await expect(failOver(story, doors), `before write ${write}`).rejects.toThrow(Death)
      if ((await unfinished()) === 'failover')
        expect(await rollback(takingUp()), `before write ${write}`).toMatchObject({
          ok: true,
          value: { outcome: 'rolled-back', problems: [] },
        })
      expect(await unfinished(), `before write ${write}`).toBe('switchover')
    }
    await expectDone()
  }, 180_000)

  it('cannot record its plan: the switchover is unfinished still', async () => {
    const openHost: Doors['openHost'] = ({ name }) => {
      const host = localHost(name)
      const create: typeof host.create = async file =>
        name === 'ns2' && file.path.endsWith('/plan.json')
          ? fail(
              failure({ code: 'hosts.disk-full', subject: name, because: 'no space', remedy: 'make some' }),
            )
          : host.create(file)
      return ok({ ...host, create })
    }
    expect(await begin({ openHost })).toMatchObject({ ok: false, error: [{ code: 'hosts.disk-full' }] })
    expect(await unfinished()).toBe('switchover')
    await expectDone()
  })

  it('is refused by the checks after the yes: the switchover is unfinished still', async () => {
    const refused = await begin({}, () => killServer(story.lab, 'ns2'))
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'check.servers-answer', subject: 'ns2' }] })
    expect(await startServer(story.lab, 'ns2', 'answering')).toMatchObject({ ok: true })
    expect(await unfinished()).toBe('switchover')
    await expectDone()
  })

  it('cannot fence: what it took back leaves the switchover as it was', async () => {
    const program = join(story.lab.folder, 'fence')
    writeFileSync(program, '#!/bin/sh\nexit 3\n')
    chmodSync(program, 0o755)
    const text = parseDocument(readFileSync(story.fleetFile, 'utf8'))
    text.set('fence', './fence')
    writeFileSync(story.fleetFile, String(text))
    const run = await begin({ fenced: undefined })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(await unfinished()).toBe('switchover')
    await expectDone()
  })
})
