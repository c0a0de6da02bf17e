import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail, failure } from '../../../src/core/base/index.ts'
import {
  beginRun,
  findUnfinishedRun,
  type JournalCopy,
  type JournalFiles,
  takeOverRun,
} from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, held, makeCopies, planOf } from './copies.ts'

const RUN = 'run-1'
const NEXT = 'run-2'

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

const full = fail(
  failure({ code: 'hosts.disk-full', subject: 'ns2', because: 'no space', remedy: 'Make room.' }),
)

/** The disk of ns2 is full from the moment on when a file of that name is to be made there. */
function fullAt(name: string): readonly JournalCopy[] {
  let isFull = false
  return copies.all.map(copy => {
    if (copy.name !== 'ns2') return copy
    const { files } = copy
    const create: JournalFiles['create'] = async file => {
      isFull ||= file.path.endsWith(`/${name}`)
      return isFull ? full : files.create(file)
    }
    const apply: JournalFiles['apply'] = async order => (isFull ? full : files.apply(order))
    return { ...copy, files: { ...files, create, apply } }
  })
}

const runsOfLocks = () =>
  Promise.all(
    ['ns1', 'ns2'].map(async name => {
      const text = await readFile(join(copies.folder, name, 'lock'), 'utf8')
      return /run=(.*)/.exec(text)?.[1]
    }),
  )

describe('a failover that has its locks, and can neither begin nor give all of them back', () => {
  it.each(['who', 'journal'])('stays known by its plan, and gives them back later: %s', async name => {
    await held(beginRun({ plan: planOf(RUN), copies: copies.all, clock, holder: HOLDER }))
    const taken = { plan: planOf(RUN), copies: copies.all, clock, holder: HOLDER, entries: [] }
    const after = await held(takeOverRun(taken))
    const plan = { ...planOf(NEXT), operation: 'failover', supersedes: RUN } as const
    const begun = await beginRun({ plan, copies: fullAt(name), clock, holder: HOLDER, after })
    expect(begun).toMatchObject({ ok: false, error: { code: 'hosts.disk-full' } })
    expect(!begun.ok && begun.error.because).toContain('not every lock could be given back (ns2: no space)')
    expect(!begun.ok && begun.error.remedy).toContain('`baton rollback`')
    expect(await runsOfLocks()).toEqual([RUN, NEXT])

    const found = await findUnfinishedRun(copies.all)
    expect(found).toMatchObject({ ok: true, value: { lock: { run: NEXT }, plan: { supersedes: RUN } } })
    const entries = found.ok ? (found.value?.entries ?? []) : []
    const back = await held(takeOverRun({ ...taken, plan, entries }))
    expect(await back.giveBack()).toEqual([])
    expect(await runsOfLocks()).toEqual([RUN, RUN])
  })
})
