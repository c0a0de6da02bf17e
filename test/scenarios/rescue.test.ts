import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  history,
  onlyScript,
  prepareDiscard,
  prepareReplay,
  rescueList,
  rescueShow,
} from '../../src/app/commands/index.ts'
import { saveOrphans } from '../../src/app/commands/rejoin/save-orphans.ts'
import { openSession } from '../../src/app/commands/session/session.ts'
import type { ReplayDocument, RescueDocument } from '../../src/app/contract/index.ts'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { dynamicZone, serialOn } from '../support/fail-over.ts'
import { programsOf } from '../support/lab-programs.ts'
import { beginForked } from '../support/rescue-story.ts'
import type { Story } from '../support/story.ts'

let story: Story

afterEach(() => story.remove())

describe('orphans of an active that was cut off and died', () => {
  it('are shown, replayed once, and discarded', async () => {
    story = await beginForked({
      common: write => write('ns1', 'add before.@ 60 A 192.0.2.1'),
      orphans: write => {
        write('ns1', 'add orphan.@ 60 A 192.0.2.2')
        write('ns1', 'delete before.@ A')
        write('ns1', 'add orphan.@ 60 A 192.0.2.4')
        write('ns1', 'delete orphan.@ A 192.0.2.2')
      },
      since: write => write('ns2', 'add since.@ 60 A 192.0.2.3'),
    })
    expect(await list()).toMatchObject([
      {
        server: 'ns1',
        place: '1',
        term: 1,
        code: 'guard.higher-term',
        orphans: 4,
        replayed: 0,
        state: 'new',
      },
    ])
    const shown = await show()
    expect(verdictsOf(shown)).toEqual(['applies', 'applies', 'applies', 'applies'])
    expect(shown.zones[0]).toMatchObject({ forkKnown: 'recorded', active: 'ns2', keys: ['writer'] })
    const untouched = await serialOn(story.lab, 'ns2')

    const refused = await replayWith('transfer')
    expect(outcomesOf(refused)).toEqual(['failed', 'not-tried', 'not-tried', 'not-tried'])
    expect(refused.problems).toMatchObject([{ code: 'rescue.update-refused' }])
    expect(await serialOn(story.lab, 'ns2')).toBe(untouched)
    expect(outcomesOf(await apply())).toEqual(['applied', 'applied', 'applied', 'applied'])
    expect(addressesOf('orphan')).toEqual(['192.0.2.4'])
    expect(addressesOf('before')).toEqual([])
    expect(addressesOf('since')).toEqual(['192.0.2.3'])
    expect(await list()).toMatchObject([{ orphans: 4, replayed: 4, state: 'replayed' }])

    const serial = await serialOn(story.lab, 'ns2')
    expect(serial).toBeGreaterThan(untouched)
    rmSync(savedPath('replayed'))
    expect(outcomesOf(await apply()), 'as after a crash before its record').toEqual(
      Array(4).fill('already-there'),
    )
    expect(await serialOn(story.lab, 'ns2')).toBe(serial)
    programsOf(story.lab).update('ns2', `delete orphan.${dynamicZone(story.lab)} A`)
    const later = await serialOn(story.lab, 'ns2')
    expect(outcomesOf(await apply())).toEqual(Array(4).fill('already-there'))
    expect(await serialOn(story.lab, 'ns2'), 'a second replay changes nothing').toBe(later)

    await discard()
    expect(await list()).toMatchObject([{ state: 'discarded' }])
    expect(existsSync(savedPath('files'))).toBe(false)
    expect(await codesOfShow()).toEqual(['rescue.discarded'])
    const told = await history({ fleetFile: story.fleetFile })
    expect(told.ok && told.value.runs.map(({ operation }) => operation)).toEqual([
      'failover',
      'rescue-apply',
      'rescue-apply',
      'rescue-apply',
      'rescue-apply',
      'rescue-discard',
    ])
    expect(told.ok && told.value.runs.at(-1)?.remarks).toEqual(['rescue of term 1', '0 orphans thrown away'])
    expect(told.ok && told.value.runs.at(-2)).toMatchObject({ outcome: 'done', unwell: false })
  }, 60_000)

  it('are replayed by the script in nsupdate, which refuses once something has changed', async () => {
    story = await beginForked({
      common: write => write('ns1', 'add a.@ 60 A 192.0.2.1'),
      orphans: write => {
        write('ns1', 'add a.@ 120 A 192.0.2.2')
        write('ns1', 'add _odd.@ 60 TXT "two words" "and \\"quotes\\""')
        write('ns1', 'add _odd.@ 60 TYPE65280 \\# 3 010203')
        write('ns1', 'add b.@ 60 A 192.0.2.9')
      },
    })
    const script = onlyScript(await show())
    if (!script.ok) throw new Error(script.error.because)
    expect(await save()).toEqual([{ zone: dynamicZone(story.lab), orphans: 4, troubles: [] }])
    const saved = readFileSync(savedPath('orphans.nsupdate'), 'utf8')
    expect(saved).toBe(script.value)
    runScript(saved)
    expect(verdictsOf(await show())).toEqual(Array(4).fill('already-there'))
    expect(addressesOf('a').toSorted()).toEqual(['192.0.2.1', '192.0.2.2'])
    const serial = await serialOn(story.lab, 'ns2')
    expect(() => runScript(script.value), 'prerequisites do not hold any more').toThrow()
    expect(await serialOn(story.lab, 'ns2')).toBe(serial)
    expect(outcomesOf(await apply())).toEqual(Array(4).fill('already-there'))
  }, 60_000)

  it('are left where the active has other content since, and all that build upon them', async () => {
    story = await beginForked({
      common: write => write('ns1', 'add moved.@ 60 A 192.0.2.1'),
      orphans: write => {
        write('ns1', 'delete moved.@ A')
        write('ns1', 'add moved.@ 60 CNAME www.@')
        write('ns1', 'add both.@ 60 A 192.0.2.7')
        write('ns1', 'add free.@ 60 A 192.0.2.8')
      },
      since: write => {
        write('ns2', 'add moved.@ 60 A 192.0.2.5')
        write('ns2', 'add both.@ 60 A 192.0.2.7')
      },
    })
    const shown = await show()
    expect(verdictsOf(shown)).toEqual(['conflict', 'conflict', 'already-there', 'applies'])
    expect(shown.zones[0]?.orphans[0]?.obstacles).toMatchObject([
      {
        owner: `moved.${dynamicZone(story.lab)}`,
        type: 'A',
        because: 'it was changed on the active since the fork',
      },
    ])
    const meanwhile = await prepareReplay({ ...order(), key: undefined, reason: undefined })
    if (!meanwhile.ok) throw new Error(JSON.stringify(meanwhile.error))
    programsOf(story.lab).update('ns2', `add free.${dynamicZone(story.lab)} 60 A 192.0.2.6`)
    const { orphans } = await meanwhile.value.start()
    await meanwhile.value.close()
    expect(orphans.map(({ outcome }) => outcome).at(-1), 'nothing is forced').toBe('changed-meanwhile')
    expect(addressesOf('free')).toEqual(['192.0.2.6'])
    programsOf(story.lab).update('ns2', `delete free.${dynamicZone(story.lab)} A`)
    expect(outcomesOf(await apply())).toEqual(['conflict', 'conflict', 'already-there', 'applied'])
    expect(addressesOf('moved').toSorted()).toEqual(['192.0.2.1', '192.0.2.5'])
    const left = await prepareDiscard({ ...order(), reason: undefined })
    expect(left).toMatchObject({ ok: true, value: { left: { code: 'rescue.orphans-left' } } })
    if (left.ok) await left.value.close()
    writeFileSync(savedPath('replayed'), 'something else\n')
    expect(await codesOfShow()).toEqual(['rescue.record-unreadable'])
    expect(await list()).toMatchObject([{ state: 'unreadable' }])
  }, 60_000)
})

function order() {
  return { fleetFile: story.fleetFile, server: 'ns1', place: '1', zone: undefined }
}

async function list() {
  const listed = await rescueList({ fleetFile: story.fleetFile })
  if (!listed.ok) throw new Error(JSON.stringify(listed.error))
  expect(listed.value.problems).toEqual([])
  return listed.value.rescues
}

async function show(): Promise<RescueDocument> {
  const shown = await rescueShow(order())
  if (!shown.ok) throw new Error(JSON.stringify(shown.error))
  return shown.value
}

async function codesOfShow(): Promise<readonly string[]> {
  const shown = await rescueShow(order())
  return shown.ok ? [] : shown.error.map(({ code }) => code)
}

async function apply(): Promise<ReplayDocument> {
  const replay = await replayWith(undefined)
  expect(replay.problems).toEqual([])
  return replay
}

async function replayWith(key: string | undefined): Promise<ReplayDocument> {
  const prepared = await prepareReplay({ ...order(), key, reason: 'a story' })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  const replay = await prepared.value.start()
  await prepared.value.close()
  return replay
}

function savedPath(name: string): string {
  return join(labServerPaths(story.lab.folder, 'ns1').configuration, 'baton/rescue/1', name)
}

async function save() {
  const session = await openSession({ fleetFile: story.fleetFile })
  if (!session.ok) throw new Error('no session')
  const saved = await saveOrphans(session.value, order())
  await session.value.close()
  return saved.ok ? saved.value : saved.error
}

async function discard(): Promise<void> {
  const prepared = await prepareDiscard({ ...order(), reason: 'a story' })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error))
  expect(prepared.value.left).toBeUndefined()
  expect(await prepared.value.start()).toMatchObject({ ok: true, value: { discarded: true, problems: [] } })
  await prepared.value.close()
}

function verdictsOf({ zones }: RescueDocument): readonly string[] {
  return zones.flatMap(({ orphans }) => orphans.map(({ verdict }) => verdict))
}

function outcomesOf({ orphans }: ReplayDocument): readonly string[] {
  return orphans.map(({ outcome }) => outcome)
}

function addressesOf(label: string): readonly string[] {
  const said = programsOf(story.lab).dig('ns2', `${label}.${dynamicZone(story.lab)}`)
  return said === '' ? [] : said.split('\n')
}

function runScript(script: string): void {
  const key = join(story.lab.folder, 'keys', 'writer.key')
  execFileSync('nsupdate', ['-k', key], { input: script, stdio: 'pipe' })
}
