import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Plan } from '../../../src/core/plan/index.ts'
import { beginRun, pruneRuns, writeHistory } from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const DAY_MS = 24 * 3_600_000
const NOW = Date.parse('2026-11-30T00:00:00Z')

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

/** A run that has ended, unless it is to stay unfinished. */
async function record(run: string, ends: 'ended' | 'unfinished', fleet = 'demo'): Promise<void> {
  const plan: Plan = { ...planOf(run), fleet }
  const journal = await beginRun({ plan, copies: copies.all, clock, holder: HOLDER })
  if (!journal.ok) throw new Error(journal.error.because)
  if (ends === 'unfinished') return
  await journal.value.write({ kind: 'ended', outcome: 'done' }, 'every-copy')
  await writeHistory(copies.all, {
    version: 1,
    run,
    fleet,
    operation: 'switchover',
    set: 'default',
    from: 'ns1',
    to: 'ns2',
    term: 2,
    by: 'eva@desk',
    reason: undefined,
    began: `2026-11-22T12:00:0${run.slice(-1)}Z`,
    elapsedMs: 1,
    writePauseMs: undefined,
    outcome: 'done',
    because: undefined,
    remarks: [],
  })
  await journal.value.release()
}

const prune = (keep: number, now = NOW) => pruneRuns(copies.all, { fleet: 'demo', keep, now })
const runsOn = (copy: string) => readdir(join(copies.folder, copy, 'runs'))

describe('records of runs', () => {
  it('go when newer ones are over, on every copy; what is unfinished stays', async () => {
    for (const run of ['run-1', 'run-2', 'run-3']) await record(run, 'ended')
    await record('run-4', 'unfinished')
    expect(await prune(2)).toEqual([])
    for (const copy of ['here', 'ns1', 'ns2']) expect(await runsOn(copy)).toEqual(['run-2', 'run-3', 'run-4'])
  })

  it('of another fleet in the same folder stay', async () => {
    for (const run of ['run-1', 'run-2']) await record(run, 'ended', 'other')
    await record('run-3', 'ended')
    expect(await prune(1)).toEqual([])
    expect(await runsOn('ns1')).toEqual(['run-1', 'run-2', 'run-3'])
  })

  it('that never began go after a day, and not while somebody may be about to begin', async () => {
    await record('run-1', 'ended')
    const path = join(copies.folder, 'here', 'runs', 'run-0', 'plan.json')
    const content = JSON.stringify(planOf('run-0'))
    await copies.all[0]?.files.create({ path, content, mode: 0o600, user: undefined })
    expect(await prune(1, Date.parse(planOf('run-0').created) + 1000)).toEqual([])
    expect(await runsOn('here')).toEqual(['run-0', 'run-1'])
    expect(await prune(1, Date.parse(planOf('run-0').created) + 2 * DAY_MS)).toEqual([])
    expect(await runsOn('here')).toEqual(['run-1'])
  })

  it('stay where their copy cannot be listed, and that is told', async () => {
    for (const run of ['run-1', 'run-2']) await record(run, 'ended')
    const deaf = copies.all.map(copy =>
      copy.name === 'ns1' ? { ...copy, folder: join(copies.folder, 'ns1', 'lock'), files: copy.files } : copy,
    )
    await writeFile(join(copies.folder, 'ns1', 'lock'), '')
    expect(await pruneRuns(deaf, { fleet: 'demo', keep: 1, now: NOW })).not.toEqual([])
    expect(await runsOn('ns2')).toEqual(['run-2'])
    expect(await runsOn('ns1')).toEqual(['run-1', 'run-2'])
  })
})
