import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginRun, readLock, releaseLocks } from '../../../src/io/journal/index.ts'
import { parseLock, printLock } from '../../../src/io/journal/lock.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const LOCK = { run: 'run-1', operation: 'push', holder: 'eva@desk', since: '2026-11-22T12:00:00Z' }

let copies: Copies

beforeEach(async () => {
  copies = await makeCopies()
})
afterEach(() => copies.remove())

async function lockPeer(text: string): Promise<string> {
  const folder = join(copies.folder, 'ns2')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'lock'), text)
  return join(folder, 'lock')
}

const begin = () => beginRun({ plan: planOf('run-9'), copies: copies.all, clock, holder: HOLDER })

it('is text that a person and a shell can read', () => {
  expect(printLock(LOCK)).toBe(
    'version=1\nrun=run-1\noperation=push\nholder=eva@desk\nsince=2026-11-22T12:00:00Z\n',
  )
  expect(printLock({ ...LOCK, process: 42 })).toContain('\nholder=eva@desk\nprocess=42\nsince=')
})

it('reads back whatever it wrote', () => {
  const word = fc.string().filter(text => !/[\n\r]/.test(text))
  const fields = { run: word, operation: word, holder: word, process: fc.integer({ min: 1 }), since: word }
  fc.assert(
    fc.property(fc.record(fields, { requiredKeys: ['run', 'operation', 'holder', 'since'] }), lock => {
      expect(parseLock(printLock(lock))).toEqual(lock)
    }),
  )
})

describe('somebody else’s lock', () => {
  it('refuses with its holder and since, and takes nothing', async () => {
    await lockPeer(printLock(LOCK))
    expect(await begin()).toMatchObject({
      ok: false,
      error: {
        kind: 'refusal',
        code: 'engine.locked',
        subject: 'ns2',
        because: 'push run-1 by eva@desk holds the fleet since 2026-11-22T12:00:00Z',
      },
    })
    expect(await readdir(join(copies.folder, 'ns1'))).not.toContain('lock')
  })

  it.each(['', 'rubbish', 'version=1\nrun=run-1\n', '\0\0\0'])('locks though it says %j', async text => {
    const path = await lockPeer(text)
    expect(await begin()).toMatchObject({ ok: false, error: { code: 'engine.locked' } })
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  it('is not released', async () => {
    const path = await lockPeer(printLock(LOCK))
    expect(await releaseLocks(copies.all, 'run-9')).toEqual([])
    expect(await readFile(path, 'utf8')).toBe(printLock(LOCK))
  })
})

it('is nothing where there is none', async () => {
  for (const copy of copies.all) expect(await readLock(copy)).toEqual({ ok: true, value: undefined })
})
