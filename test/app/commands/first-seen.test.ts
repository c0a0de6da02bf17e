import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dateVerdicts } from '../../../src/app/commands/look/first-seen.ts'
import { judge, LAG_MAX_MS } from '../../../src/core/snapshot/index.ts'
import { NOW, serial, silenced, type World, wellWorld, withZone } from '../../core/snapshot/world.ts'

const WELL = wellWorld()
const A = 'a.example'
const MINUTE_MS = 60_000

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-seen-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** What is wrong and since how many minutes, when it is looked at so many minutes after noon. */
async function lookAt(minutes: number, world: World): Promise<string[]> {
  const fleet = { ...world.fleet, folder }
  const snapshot = { ...world.snapshot, taken: NOW + minutes * MINUTE_MS }
  const dated = await dateVerdicts(fleet, judge(fleet, world.expected, snapshot), snapshot)
  return dated.map(({ verdict, since }) => `${verdict.kind} since ${(since - NOW) / MINUTE_MS}`)
}

const GONE = silenced(WELL, 'e1')
const late = (at: number) => withZone(WELL, ['e1', A], { serial: serial(at) })

it('remembers from when on something is wrong', async () => {
  expect(await lookAt(0, GONE)).toEqual(['server-unseen since 0', 'files-unseen since 0'])
  expect(await lookAt(3, GONE)).toEqual(['server-unseen since 0', 'files-unseen since 0'])
})

it('forgets what is over', async () => {
  await lookAt(0, GONE)
  expect(await lookAt(1, WELL)).toEqual([])
  expect(await lookAt(2, GONE)).toEqual(['server-unseen since 2', 'files-unseen since 2'])
})

it('calls a zone late from when it stands at the same serial', async () => {
  await lookAt(0, late(90))
  expect(await lookAt(3, late(90))).toEqual(['serials-behind since 0'])
  expect(await lookAt(4, late(95))).toEqual(['serials-behind since 4'])
})

it('keeps zones that are long late apart from those that are only catching up', async () => {
  await lookAt(0, late(90))
  const both = withZone(late(90), ['e1', 'b.example'], { serial: serial(99) })
  expect(LAG_MAX_MS).toBeLessThan(2 * MINUTE_MS)
  expect(await lookAt(2, both)).toEqual(['serials-behind since 0', 'serials-behind since 2'])
})

it.each(['', 'rubbish', '[]', 'null', '{"a": "b"}'])('a memory of %j is none', async text => {
  await lookAt(0, GONE)
  await writeFile(join(folder, '.baton/seen.json'), text)
  expect(await lookAt(1, GONE)).toEqual(['server-unseen since 1', 'files-unseen since 1'])
  expect(JSON.parse(await readFile(join(folder, '.baton/seen.json'), 'utf8'))).not.toEqual({})
})

it('goes on without one where it cannot be kept', async () => {
  await writeFile(join(folder, '.baton'), 'a file where the folder should be')
  expect(await lookAt(0, GONE)).toHaveLength(2)
})
