import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history, resume } from '../../src/app/commands/index.ts'
import { breakLab, findMissing, killServer, labServerPaths, mendLab } from '../../src/app/lab/index.ts'
import { parseForkRecord } from '../../src/core/rescue/index.ts'
import {
  addRecord,
  differencesFrom,
  dynamicZone,
  dynamicZones,
  failOver,
  orderFailover,
  returnAsStandby,
  serialOn,
} from '../support/fail-over.ts'
import { readDisk } from '../support/read-disk.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, UNWATCHED } from '../support/story.ts'
import { startTraffic } from '../support/traffic.ts'
import { until } from '../support/until.ts'

let story: Story

beforeEach(async () => {
  story = await beginStory()
})
afterEach(async () => {
  await mendLab(story.lab.folder)
  await story.remove()
})

describe('an active that is killed under a writer', () => {
  it('is replaced, and what it acknowledged is on every survivor or on its disk', async () => {
    const { lab } = story
    const traffic = startTraffic(lab, { updatesPerSecond: 20, queriesPerSecond: 20 })
    await until('updates are acknowledged', async () => traffic.progress().acknowledged > 20)
    await killServer(lab, 'ns1')
    const run = await failOver(story)
    const before = traffic.progress().acknowledged
    await until('writes go on', async () => traffic.progress().acknowledged > before + 5)
    const { written, watched } = await traffic.stop()

    expect(run).toMatchObject({ ok: true, value: { outcome: 'done', from: 'ns1', to: 'ns2', term: 2 } })
    expect(watched.overlaps).toEqual([])
    for (const zone of dynamicZones(lab))
      await until(
        `nobody lags in ${zone}`,
        async () => (await serialOn(lab, 'ns2', zone)) === (await serialOn(lab, 'e1', zone)),
      )
    const survivors = lab.servers.filter(({ name }) => name !== 'ns1').map(({ dns }) => dns)
    const missing = await findMissing(written.updates, survivors)
    if (!missing.ok) expect.fail(missing.error.because)
    const onDisk = readDisk(lab, 'ns1')
    const nowhere = missing.value.filter(({ update }) => !onDisk.includes(update.value))
    expect(nowhere).toEqual([])
    const lost = new Set(missing.value.map(({ update }) => update.name))
    expect(missing.value.length, 'what one survivor has, all have').toBe(lost.size * survivors.length)
    const { runs } = await historyOf(story)
    expect(runs.at(-1)).toMatchObject({
      operation: 'failover',
      to: 'ns2',
      fenced: 'ns1 is fenced: killed by the test',
      outcome: 'done',
    })
  })
})

describe('a secondary that is ahead of the standby', () => {
  it('gives what it has before writes open', async () => {
    const { lab } = story
    await breakLab(lab.folder, { kind: 'hang', server: 'ns2' })
    await addRecord(lab, 'ns1', 'only-on-e1')
    const serial = await serialOn(lab, 'ns1')
    await until('e1 has it', async () => (await serialOn(lab, 'e1')) === serial)
    await killServer(lab, 'ns1')
    await mendNs2()

    expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false } })
    expect(await serialOn(lab, 'ns2')).toBe(serial + 1_000_000)
    await until('e1 follows', async () => (await serialOn(lab, 'e1')) === serial + 1_000_000)
  })
})

describe('a failover is refused', () => {
  it('while the active answers', async () => {
    expect(await codesOf({})).toContain('check.active-gone')
  })

  it('unless the active is fenced', async () => {
    await killServer(story.lab, 'ns1')
    expect(await codesOf({ fenced: undefined })).toEqual(['check.active-fenced'])
  })

  it('when nobody is left', async () => {
    await killServer(story.lab, 'ns1')
    await killServer(story.lab, 'ns2')
    expect(await codesOf({})).toEqual(['failover.nobody-left'])
  })
})

describe('the serial step', () => {
  /** The old active acknowledges a record that nobody else learns of, and dies; the new one takes another. */
  const fork = async (serials: 'raised' | 'kept') => {
    const { lab } = story
    await breakLab(lab.folder, { kind: 'hang', server: 'ns2' })
    await breakLab(lab.folder, { kind: 'hang', server: 'e1' })
    await addRecord(lab, 'ns1', 'orphan')
    await killServer(lab, 'ns1')
    await mendNs2()
    expect(await failOver(story, { serials })).toMatchObject({ ok: true, value: { outcome: 'done' } })
    await addRecord(lab, 'ns2', 'heir')
    // A secondary that had not followed yet would take the orphan from the server that returns, and spread the fork.
    await until('e1 follows', async () => (await serialOn(lab, 'ns2')) === (await serialOn(lab, 'e1')))
    await returnAsStandby(lab, 'ns1')
    // Nobody told it while it was away, and named asks by itself only when the SOA's refresh time is over.
    await addRecord(lab, 'ns2', 'successor')
    await until('ns1 follows', async () => (await serialOn(lab, 'ns2')) === (await serialOn(lab, 'ns1')))
    return differencesFrom(story, 'ns2')
  }

  it('makes a fork heal by itself when the old active returns', async () => {
    expect(await fork('raised')).toEqual([])
  })

  it('left out, lets a fork hide behind equal serials', async () => {
    expect(await fork('kept')).toEqual(['ns1: content-differs'])
  })
})

describe('a failover whose process dies', () => {
  it.each(['collect', 'note', 'close', 'raise', 'open', 'converge'] as const)(
    'in the step %s is taken to its end from another checkout',
    async kind => {
      const { lab } = story
      await addRecord(lab, 'ns1', 'before')
      await until('ns2 has it', async () => (await serialOn(lab, 'ns1')) === (await serialOn(lab, 'ns2')))
      const serial = await serialOn(lab, 'ns1')
      await killServer(lab, 'ns1')
      const died = failOver(story, {
        onEvent: (event, { plan }) => {
          if (event.kind === 'step-began' && plan.steps[event.step]?.kind === kind) throw new Error('died')
        },
      })
      await expect(died).rejects.toThrow('died')
      const fleetFile = await checkOutAgain(lab)
      const resumed = await resume({ fleetFile, takeOver: true, watch: UNWATCHED })
      expect(resumed).toMatchObject({ ok: true, value: { outcome: 'done', term: 2, unwell: false } })
      expect(await serialOn(lab, 'ns2')).toBe(serial + 1_000_000)
      expect(forkSerialOn('ns2'), 'the fork is where the old active was left').toBe(serial)
      await addRecord(lab, 'ns2', 'after')
    },
  )
})

async function mendNs2(): Promise<void> {
  const mended = await mendLab(story.lab.folder)
  if (!mended.ok) throw new Error(mended.error.because)
}

async function codesOf(telling: Parameters<typeof orderFailover>[1]): Promise<readonly string[]> {
  const prepared = await orderFailover(story, telling)
  if (!prepared.ok) return prepared.error.map(({ code }) => code)
  await prepared.value.close()
  return []
}

async function historyOf({ fleetFile }: Story) {
  const read = await history({ fleetFile })
  if (!read.ok) throw new Error('no history')
  return read.value
}

/** Of the first dynamic zone, as the failover to term 2 wrote it down on a peer. */
function forkSerialOn(server: string): number | undefined {
  const { configuration } = labServerPaths(story.lab.folder, server)
  const record = parseForkRecord(readFileSync(join(configuration, 'baton', 'forks', 'default.2')))
  if (!record.ok) throw new Error(record.error)
  return record.value.zones.find(({ name }) => name === dynamicZone(story.lab))?.serial
}
