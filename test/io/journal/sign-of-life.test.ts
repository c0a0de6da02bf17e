import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { beginRun, WATCH_MS, withSignsOfLife } from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const DEADLINE = { timeout: 20_000 }

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await copies.remove()
})

describe('a step that takes long', () => {
  it('shows that its holder lives, at least twice while it is watched', async () => {
    const plan = planOf('run-1')
    const journal = await beginRun({ plan, copies: copies.all, clock, holder: HOLDER })
    if (!journal.ok) throw new Error(journal.error.because)
    const signs = () => journal.value.entries().filter(({ kind }) => kind === 'alive').length
    await withSignsOfLife(journal.value, async () => {
      for (const shown of [1, 2]) {
        vi.advanceTimersByTime(WATCH_MS / 2)
        await vi.waitUntil(() => signs() >= shown, DEADLINE)
      }
    })
    const before = signs()
    vi.advanceTimersByTime(WATCH_MS)
    await journal.value.write({ kind: 'ended', outcome: 'done' }, 'every-copy')
    expect(signs()).toBe(before)
  })
})
