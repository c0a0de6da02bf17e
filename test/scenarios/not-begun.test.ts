import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import {
  type NothingToRun,
  type PreparedRun,
  preparePush,
  prepareSwitchover,
  type RunWatch,
  resume,
  rollback,
  status,
} from '../../src/app/commands/index.ts'
import { killServer, startServer } from '../../src/app/lab/index.ts'
import { ok, type Problem, type Result } from '../../src/core/base/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { burn } from '../support/burn.ts'
import { addRecord, orderFailover } from '../support/fail-over.ts'
import { beginStory, type Story, UNWATCHED } from '../support/story.ts'
import { until } from '../support/until.ts'

type Prepared = Result<PreparedRun | NothingToRun, readonly Problem[]>

let story: Story

beforeEach(async () => {
  story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] })
})
afterEach(() => story.remove())

const order = () => ({ fleetFile: story.fleetFile, reason: 'a story' })
const takingUp = () => ({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })
const switchover = () => prepareSwitchover({ ...order(), set: undefined, to: 'ns2', without: [] })

async function start(prepared: Prepared, watch: Partial<RunWatch>) {
  if (!prepared.ok || prepared.value.plan === undefined) throw new Error('nothing to run')
  try {
    return await prepared.value.start({ ...UNWATCHED, ...watch })
  } finally {
    await prepared.value.close()
  }
}

/** It has its locks, and no step has begun. */
async function dieAtOnce(prepared: Prepared): Promise<void> {
  const onPlan = () => {
    throw new Error('Baton died here')
  }
  await expect(start(prepared, { onPlan })).rejects.toThrow('Baton died here')
}

async function expectActive(active: string, codes: readonly string[] = []) {
  const seen = await status(story)
  expect(seen.ok && seen.value.sets).toMatchObject([{ active, term: 1 }])
  const told = seen.ok ? seen.value.verdicts.map(({ code }) => code) : []
  expect(told.filter(code => code === 'snapshot.run-unfinished')).toEqual(codes)
  return seen.ok ? seen.value.verdicts.map(({ remedy }) => remedy).join(' ') : ''
}

describe('a run that died before its first step', () => {
  const push = () => {
    const zones = readFileSync(story.fleetFile, 'utf8')
    const text = parseDocument(zones)
    text.setIn(['policy', 'write-pause-max'], '9s')
    writeFileSync(story.fleetFile, String(text))
    return preparePush(order())
  }

  it.each([
    ['switchover', switchover],
    ['push', push],
  ] as const)('a %s is not resumed, and gives its locks back', async (_, prepare) => {
    await dieAtOnce(await prepare())
    expect(await resume(takingUp())).toMatchObject({ ok: false, error: [{ code: 'engine.not-begun' }] })
    expect(await expectActive('ns1', ['snapshot.run-unfinished'])).toContain('`baton rollback`')
    expect(await rollback(takingUp())).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await expectActive('ns1')
  })

  it('a failover cuts nobody off when the old active is back', async () => {
    await killServer(story.lab, 'ns1')
    const program = join(story.lab.folder, 'fence')
    writeFileSync(program, '#!/bin/sh\ntouch "$0.called"\n')
    chmodSync(program, 0o755)
    const text = parseDocument(readFileSync(story.fleetFile, 'utf8'))
    text.set('fence', './fence')
    writeFileSync(story.fleetFile, String(text))
    await dieAtOnce(await orderFailover(story, { to: 'ns2', fenced: undefined }))
    expect(await startServer(story.lab, 'ns1', 'answering')).toMatchObject({ ok: true })
    await addRecord(story.lab, 'ns1', 'meanwhile')
    expect(await resume(takingUp())).toMatchObject({ ok: false, error: [{ code: 'engine.not-begun' }] })
    expect(existsSync(`${program}.called`)).toBe(false)
    expect(await rollback(takingUp())).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    await expectActive('ns1')
  })

  it('is given up without a peer that died as well', async () => {
    await dieAtOnce(await switchover())
    await killServer(story.lab, 'ns3')
    const told = await expectActive('ns1', ['snapshot.run-unfinished'])
    expect(told).toContain('`baton rollback --without ns3`')
    const ended = await rollback({ ...takingUp(), without: ['ns3'] })
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
    await expectActive('ns1')
  })

  it('is given up without a peer though it had turned already', async () => {
    await dieAtOnce(await switchover())
    const onEvent: RunWatch['onEvent'] = ({ kind }) => {
      if (kind === 'turned-back') throw new Error('Baton died again')
    }
    const dying = rollback({ ...takingUp(), watch: { ...UNWATCHED, onEvent } })
    await expect(dying).rejects.toThrow('Baton died again')
    await burn(story.lab, 'ns2')
    expect(await expectActive('ns1', ['snapshot.run-unfinished'])).toContain('`baton rollback --without ns2`')
    const ended = await rollback({ ...takingUp(), without: ['ns2'] })
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'rolled-back', problems: [] } })
    await expectActive('ns1')
  })
})

it('a run lives while its checks are asked again under its locks', async () => {
  const runs = join(story.lab.folder, '.baton/runs')
  const journals = () => readdirSync(runs).map(run => readFileSync(join(runs, run, 'journal'), 'utf8'))
  let isHung = false
  const openHost: Doors['openHost'] = ({ name }) => {
    const host = localHost(name)
    const read: typeof host.read = async path => {
      if (isHung && name === 'ns1' && path.endsWith('/baton/state')) {
        isHung = false
        await until('a sign of life', () => journals().some(text => text.includes('"kind":"alive"')))
      }
      return host.read(path)
    }
    return ok({ ...host, read })
  }
  const prepared = await prepareSwitchover({ ...order(), openHost, set: undefined, to: 'ns2', without: [] })
  isHung = true
  expect(await start(prepared, { yes: 'given-by-a-person' })).toMatchObject({
    ok: true,
    value: { outcome: 'done' },
  })
  expect(isHung).toBe(false)
})
