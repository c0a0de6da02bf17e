import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginRun, type Journal, type JournalCopy, takeOverRun } from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, held, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const NEXT = 'run-2'
const OVERTAKEN = { ok: false, error: { code: 'engine.overtaken' } }

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

const begin = (run = RUN, among = copies.all) =>
  held(beginRun({ plan: planOf(run), copies: among, clock, holder: HOLDER }))

/** A failover goes on from the run, which it has taken over: the locks become its own. */
function goOn(after: Journal): Promise<Journal> {
  const plan = { ...planOf(NEXT), operation: 'failover', supersedes: RUN } as const
  return held(beginRun({ plan, copies: copies.all, clock, holder: HOLDER, after }))
}

type Known = Omit<Partial<Parameters<typeof takeOverRun>[0]>, 'plan'>

const takeOver = (known: Known = {}) =>
  takeOverRun({ plan: planOf(RUN), copies: copies.all, clock, holder: HOLDER, entries: [], ...known })

/** Right before the run is held on the operator's machine something happens, once. */
function meanwhile(happen: () => Promise<unknown>): readonly JournalCopy[] {
  let isDone = false
  return copies.all.map(copy => {
    if (copy.name !== 'here') return copy
    const hold: JournalCopy['files']['hold'] = async claim => {
      if (!isDone) {
        isDone = true
        await happen()
      }
      return copy.files.hold(claim)
    }
    return { ...copy, files: { ...copy.files, hold } }
  })
}

const lockOn = (name: string) => readFile(join(copies.folder, name, 'lock'), 'utf8')

describe('a run that is no more as it was found', () => {
  const ended = (run: string) =>
    writeFile(
      join(copies.folder, 'ns2/history'),
      `${JSON.stringify({ version: 1, run, fleet: 'demo', began: '2026-11-22T12:00:00Z', outcome: 'superseded' })}\n`,
    )

  it('is not taken over where the history says that it has ended, unless whoever takes it knew', async () => {
    await begin()
    await ended(RUN)
    expect(await takeOver()).toMatchObject(OVERTAKEN)
    expect(await takeOver({ ended: 'superseded' })).toMatchObject({ ok: true, value: { generation: 2 } })
  })

  it('is not taken over once a failover has its locks, but by that one', async () => {
    await begin()
    await goOn(await held(takeOver()))
    const refused = await takeOver()
    expect(refused).toMatchObject(OVERTAKEN)
    expect(!refused.ok && refused.error.because).toContain('failover run-2 by eva@desk has its locks now')
    expect(await takeOver({ locks: 'passed' })).toMatchObject({ ok: true, value: { generation: 3 } })
  })

  it('is not gone on with where a failover gets its locks while it is taken over', async () => {
    await begin()
    const after = await held(takeOver())
    expect(await takeOver({ copies: meanwhile(() => goOn(after)) })).toMatchObject(OVERTAKEN)
    expect(await lockOn('ns1')).toContain(`run=${NEXT}`)
  })

  it('has told its end to whoever takes it over, when that came after it was found', async () => {
    const journal = await begin()
    const taken = await held(
      takeOver({
        copies: meanwhile(() => journal.write({ kind: 'ended', outcome: 'rolled-back' }, 'every-copy')),
      }),
    )
    expect(taken.entries().map(({ kind }) => kind)).toEqual(['begun', 'ended', 'taken-over'])
  })
})

describe('a lock of another run on one peer', () => {
  const peer = (name: string) => copies.all.filter(copy => copy.name === name)

  it('does not keep a run from being taken over where that one has ended, or has no plan', async () => {
    await begin(RUN, peer('ns1'))
    const other = await begin(NEXT, peer('ns2'))
    expect(await takeOver()).toMatchObject(OVERTAKEN)
    await other.write({ kind: 'ended', outcome: 'done' }, 'every-copy')
    expect(await takeOver({ copies: [...peer('ns1'), ...peer('ns2')] })).toMatchObject({ ok: true })
    await writeFile(
      join(copies.folder, 'ns2/lock'),
      (await lockOn('ns2')).replace(NEXT, 'run-3').replace(/plan=.*\n/, ''),
    )
    expect(await takeOver({ copies: [...peer('ns1'), ...peer('ns2')] })).toMatchObject({ ok: true })
  })
})
