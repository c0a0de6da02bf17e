import { appendFileSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume, rollback } from '../../src/app/commands/index.ts'
import { ok } from '../../src/core/base/index.ts'
import { localHost } from '../../src/io/hosts/index.ts'
import type { JournalEntry } from '../../src/io/journal/index.ts'
import { printEntry } from '../../src/io/journal/line.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { marker } from '../support/guarded-lab.ts'
import { interruptAt } from '../support/interrupt.ts'
import { fileOfRun, isLocked, recordFolders } from '../support/run-files.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const FROZEN = { when: 'after', command: 'freeze-all', server: 'ns1' } as const

describe('a run that ends after it was found, before it is taken over', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  /** Its holder was only asleep: it writes its last line right before the run is taken from it. */
  function endsMeanwhile(outcome: 'done' | 'rolled-back'): Doors {
    const places = recordFolders(story.lab)
    let hasEnded = false
    const end = () => {
      if (hasEnded) return
      hasEnded = true
      for (const place of places) {
        const path = fileOfRun(place, 'journal')
        const last = JSON.parse(readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '') as JournalEntry
        const { generation, sequence, at } = last
        appendFileSync(path, printEntry({ generation, sequence: sequence + 1, at, kind: 'ended', outcome }))
      }
    }
    return {
      openHost(server) {
        const host = localHost(server.name)
        return ok({
          ...host,
          hold: claim => {
            end()
            return host.hold(claim)
          },
        })
      },
    }
  }

  it.each([
    [resume, 'rolled-back'],
    [rollback, 'done'],
  ] as const)('%o lets go of it as it ended, and does no step: %s', async (act, outcome) => {
    const die = () => Promise.reject(new Error('Baton died here'))
    await expect(switchOver(story, { ...interruptAt(FROZEN, die) })).rejects.toThrow('Baton died here')
    const { fleetFile, lab } = story
    const steps: unknown[] = []
    const watch = { ...UNWATCHED, onEvent: (event: unknown) => void steps.push(event) }
    const ended = await act({ fleetFile, takeOver: true, watch, ...endsMeanwhile(outcome) })
    expect(ended).toMatchObject({ ok: true, value: { outcome, problems: [] } })
    expect(steps).toEqual([])
    expect(await marker(lab, 'ns2')).toContain('role=standby')
    expect(recordFolders(lab).filter(isLocked)).toEqual([])
  })
})
