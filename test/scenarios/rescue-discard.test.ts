import { appendFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { history, rescueList } from '../../src/app/commands/index.ts'
import { labServerPaths } from '../../src/app/lab/index.ts'
import { printReplayed, REPLAY_HEAD } from '../../src/core/rescue/index.ts'
import { type BuiltProgram, buildProgram } from '../app/cli/command.ts'
import { dynamicZone } from '../support/fail-over.ts'
import { beginForked } from '../support/rescue-story.ts'
import { mountOver } from '../support/small-disk.ts'
import type { Story } from '../support/story.ts'

let story: Story
let program: BuiltProgram

beforeAll(async () => {
  program = await buildProgram()
  return () => program.remove()
})

afterEach(() => story.remove())

it('a discard that is only tried refuses as the real one would, and its remedy promises no replay', async () => {
  story = await beginForked({ orphans: write => write('ns1', 'add first.@ 60 A 192.0.2.1') })
  const discard = (...flags: readonly string[]) =>
    program.call(['rescue', 'discard', 'ns1', '1', '--fleet', story.fleetFile, ...flags], {
      cwd: story.lab.folder,
    })
  const [tried, real] = [await discard('--dry-run'), await discard('--yes')]
  expect(tried).toEqual(real)
  expect(tried).toMatchObject({ exit: 2, stdout: '' })
  expect(tried.stderr).toContain('it holds 1 orphan that was not replayed')
  expect(tried.stderr).toContain('which are yours to decide')
  const knowing = await discard('--dry-run', '--with-orphans')
  expect(knowing).toMatchObject({ exit: 0, stderr: '' })
  expect(knowing.stdout).toContain('with the rescue of ns1, term 1, 1 update is lost')
}, 60_000)

it('a discard that failed halfway says what is left, and once more ends it', async ({ skip }) => {
  story = await beginForked({ orphans: write => write('ns1', 'add first.@ 60 A 192.0.2.1') })
  const folder = join(labServerPaths(story.lab.folder, 'ns1').configuration, 'baton', 'rescue', '1')
  const discard = (choice = '--yes') =>
    program.call(['rescue', 'discard', 'ns1', '1', choice, '--with-orphans', '--fleet', story.fleetFile], {
      cwd: story.lab.folder,
      environment: { COLUMNS: '300' },
    })
  const unmount = mountOver(join(folder, 'files'))
  if (unmount === undefined) return skip('only root can mount, and so keep root from removing a folder')
  const failed = await discard()
  expect(failed).toMatchObject({ exit: 1, stderr: '' })
  expect(failed.stdout).toContain('1 update is lost that nobody else has\n')
  expect(failed.stdout).toContain(
    'is discarded, but not all of it is removed\nerror[rescue.not-removed] ns1:',
  )
  expect(failed.stdout).toContain('`baton rescue discard ns1 1` once more: it removes the rest.')
  const again = await discard()
  expect(again.exit).toBe(1)
  expect(again.stdout).toMatch(/^rescue of ns1, term 1, is discarded, but not all/)
  unmount()
  expect(await discard('--dry-run')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining(
      'is discarded, but not all of it is removed\nerror[rescue.not-removed] ns1: of its rescue of term 1 files is still there',
    ) as string,
  })
  expect(await discard()).toEqual({ exit: 0, stdout: 'rescue of ns1, term 1, is discarded\n', stderr: '' })
  expect(readdirSync(folder)).toEqual(['manifest', 'replayed'])
  expect((await discard('--dry-run')).stdout).toBe('rescue of ns1, term 1, is discarded\n')
  const told = await history({ fleetFile: story.fleetFile })
  const runs = told.ok ? told.value.runs : []
  expect(runs.filter(({ operation }) => operation === 'rescue-discard')).toHaveLength(1)
}, 60_000)

it('what was replayed by content is counted with the rest', async () => {
  story = await beginForked({ orphans: write => write('ns1', 'add first.@ 60 A 192.0.2.1') })
  const { configuration } = labServerPaths(story.lab.folder, 'ns1')
  const zone = dynamicZone(story.lab)
  const act = { at: '2026-01-02T03:04:05Z', by: 'anna@desk' }
  appendFileSync(
    join(configuration, 'baton', 'rescue', '1', 'replayed'),
    `${REPLAY_HEAD}${printReplayed(zone, `content other.${zone}`, act)}`,
  )
  const listed = await rescueList({ fleetFile: story.fleetFile })
  expect(listed.ok && listed.value.rescues).toMatchObject([
    { orphans: 2, replayed: 1, state: 'partly-replayed' },
  ])
}, 60_000)
