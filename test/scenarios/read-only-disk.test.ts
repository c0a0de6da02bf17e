import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, rollback, status } from '../../src/app/commands/index.ts'
import { breakLab, labServerPaths, mendLab, startServer, stopServer } from '../../src/app/lab/index.ts'
import { addRecord, dynamicZone } from '../support/fail-over.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { programsOf } from '../support/lab-programs.ts'
import { must } from '../support/rejoin.ts'
import { mountOver } from '../support/small-disk.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'
import { until } from '../support/until.ts'

const INSTALLED = { when: 'before', command: 'reconfig', server: 'ns2' } as const
const STATIC_ZONE = 'z1.example'
/** Room for a rescue too. */
const DISK_BYTES = 512 * 1024 * 1024
const SKIPPED = 'only root can mount a disk that becomes read-only'

describe('a disk of the new active that becomes read-only in the promotion', () => {
  let story: Story
  let folder: string
  let unmount: (() => void) | undefined

  const remount = (how: 'ro' | 'rw') => execFileSync('mount', ['-o', `remount,${how}`, folder])

  /** All is installed, the disk is read-only from now on, and one zone will not load: so the promotion fails. */
  const failing = (meanwhile: () => void = () => undefined) =>
    switchOver(
      story,
      interruptAt(INSTALLED, async () => {
        await must(breakLab(story.lab.folder, { kind: 'corrupt', server: 'ns2', zone: STATIC_ZONE }))
        remount('ro')
        meanwhile()
      }),
    )

  beforeEach(async () => {
    story = await beginStory({}, { 'free-space-min': '1 KiB' })
    folder = labServerPaths(story.lab.folder, 'ns2').configuration
    unmount = mountOver(folder, DISK_BYTES)
  })
  afterEach(async () => {
    unmount?.()
    await story.remove()
  })

  const takes = (server: string, name: string) => {
    try {
      programsOf(story.lab).update(server, `add ${name}.${dynamicZone(story.lab)} 60 A 192.0.2.9`)
      return true
    } catch {
      return false
    }
  }

  const endWell = async () => {
    remount('rw')
    await mendLab(story.lab.folder)
    expect(await rollback({ fleetFile: story.fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back' },
    })
    const written = { updates: [], unacknowledged: [] }
    expect(await findFaults(story.lab, { standings: [{ active: 'ns1', term: 1 }], written })).toEqual([])
  }

  it('does not keep the old active shut', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { lab, fleetFile } = story
    const run = await failing()
    expect(run).toMatchObject({
      ok: true,
      value: { outcome: 'incomplete', problems: [{ code: 'engine.left-active', subject: 'ns2' }] },
    })
    await addRecord(lab, 'ns1', 'afterwards')
    expect(takes('ns2', 'elsewhere')).toBe(false)
    const seen = await status({ fleetFile })
    const told = seen.ok
      ? seen.value.verdicts.find(({ code }) => code === 'snapshot.run-unfinished')
      : undefined
    expect(told?.because).toContain('files on ns2 still say active')
    expect(told?.because).not.toMatch(/updates (are|were) refused/)
    expect(told?.remedy).toContain('Stop named on ns2 now')
    await endWell()
  })

  it('loses nothing of what the new active took', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { lab } = story
    const { dig } = programsOf(lab)
    let written: Promise<void> | undefined
    const run = await failing(() => {
      written = until('ns2 takes an update', async () => takes('ns2', 'meanwhile'))
    })
    await written
    expect(run).toMatchObject({ ok: true, value: { problems: [{ code: 'engine.left-active' }] } })
    expect(dig('ns1', `meanwhile.${dynamicZone(lab)}`)).not.toBe('')
    await addRecord(lab, 'ns1', 'afterwards')
    await endWell()
    expect(dig('ns1', `meanwhile.${dynamicZone(lab)}`)).not.toBe('')
  })

  it.each(['before', 'after'] as const)(
    'is gone back from by somebody else, once Baton died %s the reconfig',
    async when => {
      if (unmount === undefined) return
      const { lab, fleetFile } = story
      const died = switchOver(
        story,
        interruptAt({ ...INSTALLED, when }, async () => {
          if (when === 'after') await until('ns2 takes an update', async () => takes('ns2', 'meanwhile'))
          remount('ro')
          throw new Error('Baton died here')
        }),
      )
      await expect(died).rejects.toThrow('died here')
      const order = { fleetFile, takeOver: true, watch: UNWATCHED }
      expect(await rollback(order)).toMatchObject({
        ok: true,
        value: {
          outcome: 'incomplete',
          problems: [
            {
              code: 'engine.left-active',
              because: expect.stringContaining('its file system is mounted read-only') as string,
            },
          ],
        },
      })
      await addRecord(lab, 'ns1', 'afterwards')
      const { dig } = programsOf(lab)
      if (when === 'after') expect(dig('ns1', `meanwhile.${dynamicZone(lab)}`)).not.toBe('')
      await endWell()
    },
  )

  it('has what the new active took later saved, thawed by a third hand', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { lab, fleetFile } = story
    const { dig, rndc } = programsOf(lab)
    expect(await failing()).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    expect(takes('ns1', 'home')).toBe(true)
    rndc('ns2', 'thaw', dynamicZone(lab))
    await until('ns2 takes an update', async () => takes('ns2', 'stray'))
    remount('rw')
    await mendLab(lab.folder)
    const ended = await rollback({ fleetFile, takeOver: true, watch: UNWATCHED })
    if (ended.ok) expect(ended.value.problems).toEqual([])
    expect(ended).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    expect(ended.ok && ended.value.remarks.join(' ')).toContain('baton rescue list')
    expect(dig('ns1', `home.${dynamicZone(lab)}`)).not.toBe('')
    await until('ns2 has what ns1 has', () => dig('ns2', `home.${dynamicZone(lab)}`) !== '')
    expect(dig('ns2', `stray.${dynamicZone(lab)}`)).toBe('')
  })

  it('ends also where named was stopped there, as Baton asks for', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const { lab, fleetFile } = story
    expect(await failing()).toMatchObject({ ok: true, value: { outcome: 'incomplete' } })
    await must(stopServer(lab, 'ns2'))
    remount('rw')
    await mendLab(lab.folder)
    expect(await resume({ fleetFile, takeOver: true, watch: UNWATCHED })).toMatchObject({
      ok: true,
      value: { outcome: 'rolled-back' },
    })
    await must(startServer(lab, 'ns2', 'loaded'))
    const written = { updates: [], unacknowledged: [] }
    expect(await findFaults(lab, { standings: [{ active: 'ns1', term: 1 }], written })).toEqual([])
  })
})
