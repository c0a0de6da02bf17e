import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail, failure } from '../../../src/core/base/index.ts'
import { beginRun, findUnfinishedRun, type JournalCopy, takeOverRun } from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

const broken = (because: string) =>
  fail(failure({ code: 'hosts.disk-full', subject: 'disk', because, remedy: 'x' }))

/** Of one peer a call on its journal fails. */
function failing(name: string, call: 'append' | 'read'): readonly JournalCopy[] {
  const at = (path: string) => path.endsWith('/journal')
  return copies.all.map(copy => {
    if (copy.name !== name) return copy
    const { files } = copy
    return call === 'append'
      ? {
          ...copy,
          files: {
            ...files,
            append: async file => (at(file.path) ? broken('no space') : files.append(file)),
          },
        }
      : {
          ...copy,
          files: {
            ...files,
            read: async path => (at(path) ? broken('input/output error') : files.read(path)),
          },
        }
  })
}

describe('a way back that one copy alone took', () => {
  it('is not lost where that copy cannot be read: who takes over is told, and overwrites nothing', async () => {
    const begun = await beginRun({
      plan: planOf(RUN),
      copies: failing('ns1', 'append'),
      clock,
      holder: HOLDER,
    })
    if (!begun.ok) throw new Error(begun.error.because)
    expect(await begun.value.write({ kind: 'turned', because: 'a full disk' }, 'one-copy')).toMatchObject({
      ok: true,
    })
    const path = join(copies.folder, 'ns2/runs', RUN, 'journal')
    const before = await readFile(path, 'utf8')
    expect(before).toContain('"turned"')

    // Another person, whose machine has no copy, while the disk of ns2 gives an error for this file.
    const among = failing('ns2', 'read').filter(({ name }) => name !== 'here')
    const found = await findUnfinishedRun(among)
    if (!found.ok) return
    const { plan, entries } = found.value ?? {}
    if (plan === undefined || entries === undefined) throw new Error('it is not found')
    const taken = await takeOverRun({ plan, copies: among, clock, holder: HOLDER, entries })
    expect(await readFile(path, 'utf8')).toBe(before)
    expect(taken).toMatchObject({ ok: false, error: { code: 'engine.record-unreadable' } })
  })
})
