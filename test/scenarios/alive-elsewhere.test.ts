import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resume } from '../../src/app/commands/index.ts'
import { parseLines, printEntry } from '../../src/io/journal/line.ts'
import { findFaults } from '../support/find-faults.ts'
import { interruptAt } from '../support/interrupt.ts'
import { fileOfRun, recordFolders } from '../support/run-files.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { beginStory, type Story, switchOver, UNWATCHED } from '../support/story.ts'

const TWO_MINUTES_MS = 120_000

describe('a run whose process lives where it cannot be asked', () => {
  let story: Story

  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  /** The holder as another machine, or a container on this one, would have written it. */
  function rewriteHolders(change: (holder: Record<string, unknown>) => Record<string, unknown>): void {
    for (const folder of recordFolders(story.lab)) {
      const run = join(fileOfRun(folder, 'journal'), '..')
      for (const name of readdirSync(run).filter(each => each.startsWith('holder.'))) {
        const path = join(run, name, 'who')
        const holder = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
        writeFileSync(path, `${JSON.stringify(change(holder))}\n`)
      }
    }
  }

  /** As if the clock of its machine were slow. */
  function rewriteTimes(): void {
    for (const folder of recordFolders(story.lab)) {
      const path = fileOfRun(folder, 'journal')
      const lines = parseLines(readFileSync(path, 'utf8')).flatMap(line =>
        line.kind === 'entry' ? [printEntry({ ...line.entry, at: line.entry.at - TWO_MINUTES_MS })] : [],
      )
      writeFileSync(path, lines.join(''))
    }
  }

  it.each<[string, Parameters<typeof rewriteHolders>[0]]>([
    ['on another machine', holder => ({ ...holder, machine: 'elsewhere', boot: 'another' })],
    ['in another container', holder => ({ ...holder, pid: 1_999_999, namespace: 'pid:[1]' })],
    ['begun by an older Baton', ({ by, machine }) => ({ by, machine, pid: 1_999_999 })],
  ])('is not taken over, whatever its clock says: %s', async (_, change) => {
    let refused: unknown
    const meanwhile = async () => {
      rewriteHolders(change)
      rewriteTimes()
      refused = await resume({ fleetFile: await checkOutAgain(story.lab), takeOver: false, watch: UNWATCHED })
    }
    const moment = { when: 'before', command: 'reconfig', server: 'ns2' } as const
    const run = await switchOver(story, { to: 'ns2', ...interruptAt(moment, meanwhile) })
    expect(refused).toMatchObject({ ok: false, error: [{ code: 'engine.run-alive' }] })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'done' } })
    const written = { updates: [], unacknowledged: [] }
    expect(await findFaults(story.lab, { standings: [{ active: 'ns2', term: 2 }], written })).toEqual([])
  })
})
