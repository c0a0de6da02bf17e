import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRescueWorld } from '../../../src/app/commands/rescue/rescue-world.ts'
import { openSession, type Session } from '../../../src/app/commands/session/session.ts'
import { labServerPaths } from '../../../src/app/lab/index.ts'
import { REPLAY_NONE } from '../../../src/core/rescue/index.ts'
import { linkOf } from '../../../src/io/observe/index.ts'
import { findOrphans, judgeZone, readRescues } from '../../../src/io/rescue/index.ts'
import { programsOf } from '../../support/lab-programs.ts'
import { beginForked } from '../../support/rescue-story.ts'
import type { Story } from '../../support/story.ts'

let story: Story
let session: Session

/** Three orphans of z2.example, and one of z3.example, which is in both. */
beforeAll(async () => {
  story = await beginForked({
    common: write => write('ns1', 'add before.@ 60 A 192.0.2.1'),
    orphans: write => {
      write('ns1', 'add first.@ 60 A 192.0.2.2')
      write('ns1', 'add second.@ 60 A 192.0.2.3')
      write('ns1', 'delete before.@ A')
    },
    since: write => write('ns2', 'add since.@ 60 A 192.0.2.9'),
  })
  const opened = await openSession({ fleetFile: story.fleetFile })
  if (!opened.ok) throw new Error('no session')
  session = opened.value
})

afterAll(async () => {
  await session.close()
  await story.remove()
})

const ZONE = 'z2.example'

function folderOf(server: string, name: string): string {
  return join(labServerPaths(story.lab.folder, server).configuration, 'baton', name)
}

/** Where the copy of a zone's file is in a rescue; its journal has `.jnl` behind. */
function savedFile(place: string, zone = ZONE): string {
  const { directory } = labServerPaths(story.lab.folder, 'ns1')
  return join(folderOf('ns1', 'rescue'), place, 'files', directory, 'zones', `${zone}.db`)
}

/** A copy of the rescue, spoilt in some way, beside it. */
function spoil(change: (place: string) => void): string {
  const place = '1+9'
  rmSync(join(folderOf('ns1', 'rescue'), place), { recursive: true, force: true })
  cpSync(join(folderOf('ns1', 'rescue'), '1'), join(folderOf('ns1', 'rescue'), place), { recursive: true })
  change(place)
  return place
}

async function find(place: string) {
  const rescues = await readRescues(linkOf(session.links, 'ns1'))
  const rescue = rescues.ok ? rescues.value.find(each => each.place === place) : undefined
  if (rescue === undefined) throw new Error(`no rescue ${place}`)
  const world = await openRescueWorld(session)
  const found = await findOrphans(world, rescue, REPLAY_NONE)
  if (!found.ok) return { codes: [found.error.code], verdicts: [], fork: undefined }
  const zones = []
  for (const rescued of found.value.zones) {
    const judged = await judgeZone(world, { rescue, rescued, record: REPLAY_NONE })
    if (!judged.ok) throw new Error(judged.error.because)
    zones.push(judged.value)
  }
  return {
    codes: zones.flatMap(({ troubles }) => troubles.map(({ code }) => code)),
    verdicts: zones.flatMap(({ judged }) =>
      judged.map(({ orphan: { source, added, deleted }, verdict }) =>
        [source, verdict, ...[...deleted, ...added].map(({ owner }) => owner.split('.')[0])].join(' '),
      ),
    ),
    fork: zones[0]?.rescued.fork.kind,
  }
}

const BY_JOURNAL = ['journal applies first', 'journal applies second', 'journal applies before']

describe('the orphans of a rescue', () => {
  it('are in its journal, after the fork that the failover wrote down', async () => {
    expect(await find('1')).toEqual({ codes: [], verdicts: BY_JOURNAL, fork: 'recorded' })
  })

  it('are found by the journals of both servers where nobody wrote the fork down', async () => {
    expect(await withoutForks(() => find('1'))).toEqual({ codes: [], verdicts: BY_JOURNAL, fork: 'matched' })
  })

  it('are found by the journals where what was written down cannot be read', async () => {
    const record = join(folderOf('ns2', 'forks'), 'default.2')
    const text = readFileSync(record)
    writeFileSync(record, 'version=9\n')
    try {
      expect(await find('1')).toEqual({ codes: [], verdicts: BY_JOURNAL, fork: 'matched' })
      const { forks } = await openRescueWorld(session)
      expect(forks.failures).toMatchObject([{ code: 'rescue.record-unreadable' }])
    } finally {
      writeFileSync(record, text)
    }
  })

  it('are told up to where a journal was cut short', async () => {
    const place = spoil(at => {
      const journal = readFileSync(`${savedFile(at)}.jnl`)
      writeFileSync(`${savedFile(at)}.jnl`, journal.subarray(0, journal.length - 3))
    })
    expect(await find(place)).toEqual({
      codes: ['rescue.journal-cut'],
      verdicts: BY_JOURNAL.slice(0, 2),
      fork: 'recorded',
    })
  })

  it('are told by content where a journal was cut short and the file goes on', async () => {
    const place = spoil(at => {
      spoilWithFileOf(at)
      const journal = readFileSync(`${savedFile(at)}.jnl`)
      writeFileSync(`${savedFile(at)}.jnl`, journal.subarray(0, journal.length - 3))
    })
    expect(await find(place)).toMatchObject({
      codes: ['rescue.journal-cut'],
      verdicts: [...BY_JOURNAL.slice(0, 2), 'content unknown before'],
    })
  })

  it('are told by content where there is no journal', async () => {
    const place = spoil(at => {
      spoilWithFileOf(at)
      forget(at, `${savedFile(at)}.jnl`)
    })
    const found = await find(place)
    expect(found.codes).toEqual([])
    expect(found.verdicts.toSorted()).toEqual([
      'content applies before',
      'content applies first',
      'content applies second',
    ])
  })

  it('are not believed in a journal of another zone, nor in one that is none', async () => {
    programsOf(story.lab).update('ns2', 'add any.z3.example 60 A 192.0.2.1')
    const { directory } = labServerPaths(story.lab.folder, 'ns2')
    const foreign = spoil(at => cpSync(join(directory, 'zones', 'z3.example.db.jnl'), `${savedFile(at)}.jnl`))
    expect(await find(foreign)).toMatchObject({ codes: ['rescue.journal-foreign'], verdicts: [] })
    const none = spoil(at => writeFileSync(`${savedFile(at)}.jnl`, 'no journal at all, but long enough'))
    expect(await find(none)).toMatchObject({ codes: ['rescue.journal-unreadable'], verdicts: [] })
  })

  it('are missed where what was saved is gone', async () => {
    const journal = spoil(at => rmSync(`${savedFile(at)}.jnl`))
    expect(await find(journal)).toMatchObject({ codes: ['rescue.journal-unreadable'], verdicts: [] })
    const both = spoil(at => {
      rmSync(`${savedFile(at)}.jnl`)
      rmSync(savedFile(at))
    })
    expect((await find(both)).codes).toEqual(['rescue.journal-unreadable', 'rescue.file-unreadable'])
  })

  it('are shown and never replayed where nothing tells the fork', async () => {
    const place = spoil(at => {
      spoilWithFileOf(at)
      forget(at, `${savedFile(at)}.jnl`)
    })
    const found = await withoutForks(() => find(place))
    expect(new Set(found.codes)).toEqual(new Set(['rescue.fork-unknown']))
    expect(found.verdicts.filter(verdict => !verdict.startsWith('content unknown'))).toEqual([])
    expect(found.verdicts).toContain('content unknown first')
  })

  it('say that a file does not load', async () => {
    const place = spoil(at => {
      forget(at, `${savedFile(at)}.jnl`)
      writeFileSync(savedFile(at), 'no zone file\n')
    })
    expect(await find(place)).toMatchObject({ codes: ['rescue.file-unreadable'], verdicts: [] })
  })

  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['empty', (path: string) => writeFileSync(path, '')],
    ['of another version', (path: string) => writeFileSync(path, 'version=2\n')],
    ['of another fleet', (path: string) => edit(path, 'fleet=lab', 'fleet=other')],
    ['of another server', (path: string) => edit(path, 'server=ns1', 'server=ns2')],
    ['leading elsewhere', (path: string) => appendFileSync(path, 'zone=a.example\t_default\t/../x\t/y\n')],
  ])('are not known where the manifest is %s', async (_, change) => {
    const place = spoil(at => change(join(folderOf('ns1', 'rescue'), at, 'manifest')))
    expect(await find(place)).toMatchObject({ codes: ['rescue.manifest-unreadable'] })
  })
})

function edit(path: string, from: string, to: string): void {
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to))
}

/** As if the file had not been there when the guard saved. */
function forget(place: string, path: string): void {
  rmSync(path)
  const list = join(folderOf('ns1', 'rescue'), place, 'list')
  const lines = readFileSync(list, 'utf8').split('\n')
  writeFileSync(list, lines.filter(line => line === '' || !path.endsWith(line)).join('\n'))
}

/** The saved file is as named would have dumped it at the end: with every update in it. */
function spoilWithFileOf(place: string): void {
  const text = readFileSync(savedFile(place), 'utf8')
  const file = savedFile(place)
  writeFileSync(
    file,
    `$ORIGIN ${ZONE}.\n${text.replace(/(hostmaster\S*\s+\(?\s*)\d+/, '$15')}\nfirst.${ZONE}. 60 A 192.0.2.2\nsecond.${ZONE}. 60 A 192.0.2.3\n`,
  )
}

async function withoutForks<Value>(act: () => Promise<Value>): Promise<Value> {
  const aside = folderOf('ns2', 'forks.aside')
  renameSync(folderOf('ns2', 'forks'), aside)
  try {
    return await act()
  } finally {
    renameSync(aside, folderOf('ns2', 'forks'))
  }
}
