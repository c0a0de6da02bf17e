import { createHash } from 'node:crypto'
import { chmod, mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { FileApplied, HolderClaim } from '../../../src/io/hosts/index.ts'
import { error, value, type Workbench } from './workbench.ts'

const DEADLINE_MS = 60_000

/** How a host lets nobody but the holder of a run change files. */
export function holdingContract(bench: Workbench): void {
  const claim = (number: number): HolderClaim => ({ folder: bench.at('baton/runs/r1'), number })
  const content = (path: string, text: string): FileApplied => ({
    path: bench.at(path),
    wanted: { kind: 'content', content: text, mode: 0o640, user: undefined },
  })
  const apply = (number: number, changes: readonly FileApplied[], deadlineMs = DEADLINE_MS) =>
    bench.host.apply({ holder: claim(number), changes, deadlineMs })

  describe('hold and depose', () => {
    it('lets one alone hold a number', async () => {
      const held = await Promise.all(Array.from({ length: 10 }, () => bench.host.hold(claim(1))))
      expect(held.filter(({ ok }) => ok)).toHaveLength(1)
      expect(held.flatMap(result => (result.ok ? [] : [result.error.code]))).toEqual(
        Array.from({ length: 9 }, () => 'hosts.exists'),
      )
    })

    it('takes earlier holders away, the files of older Batons too, and no later one', async () => {
      value(await bench.host.hold(claim(2)))
      await writeFile(bench.at('baton/runs/r1/holder.1'), '{}')
      value(await bench.host.hold(claim(3)))
      value(await bench.host.hold(claim(4)))
      value(await bench.host.depose(claim(3)))
      expect(value(await bench.host.list(claim(1).folder))).toEqual([
        'deposed.1',
        'deposed.2',
        'holder.3',
        'holder.4',
      ])
      value(await bench.host.depose(claim(3)))
    })
  })

  describe('apply', () => {
    it('installs, replaces and removes, in the folders that are needed', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('old'), 'old')
      await writeFile(bench.at('going'), 'going')
      const changes: FileApplied[] = [
        content('baton/marker/active.db', 'marker'),
        { ...content('old', 'new'), expected: [sha256('old')] },
        { path: bench.at('going'), wanted: { kind: 'nothing' }, expected: [sha256('going'), 'nothing'] },
        { path: bench.at('never-there'), wanted: { kind: 'nothing' } },
        { path: bench.at('copied'), wanted: { kind: 'copy', from: bench.at('old') }, expected: ['nothing'] },
      ]
      value(await apply(1, changes))
      expect(await bench.textOf('baton/marker/active.db')).toBe('marker')
      expect(await bench.textOf('old')).toBe('new')
      expect(await bench.textOf('copied')).toBe('old')
      expect(await bench.modeOf('old')).toBe(0o640)
      expect(value(await bench.host.list(bench.folder))).toEqual(['baton', 'copied', 'old'])
      value(await apply(1, changes.slice(0, 4)))
    })

    it('changes nothing for a holder that was deposed, or never held', async () => {
      await writeFile(bench.at('named.conf'), 'active')
      expect(error(await apply(1, [content('named.conf', 'standby')])).code).toBe('hosts.not-held')
      value(await bench.host.hold(claim(1)))
      value(await bench.host.hold(claim(2)))
      value(await bench.host.depose(claim(2)))
      for (const change of [
        content('named.conf', 'standby'),
        { path: bench.at('named.conf'), wanted: { kind: 'nothing' } } as const,
        { path: bench.at('named.conf'), wanted: { kind: 'copy', from: bench.at('named.conf') } } as const,
      ])
        expect(error(await apply(1, [change])).code).toBe('hosts.deposed')
      expect(await bench.textOf('named.conf')).toBe('active')
    })

    it('changes nothing any more from the moment in which its holder is deposed', async () => {
      const texts = Array.from({ length: 200 }, (_, index) => `${index}`)
      value(await bench.host.hold(claim(1)))
      value(await bench.host.hold(claim(2)))
      const late = apply(
        1,
        texts.map(text => content(`file-${text}`, text)),
      )
      value(await bench.host.depose(claim(2)))
      const there = value(await bench.host.list(bench.folder))
      const outcome = await late
      if (!outcome.ok) expect(outcome.error.code).toBe('hosts.deposed')
      const after = value(await bench.host.list(bench.folder))
      // A rename that was under way in the kernel may still have come before the other one.
      expect(after.length - there.length).toBeLessThanOrEqual(1)
    })

    it('says that it wrote nothing where a file lies in place of the folder', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('fenced'), 'no folder')
      const written = await apply(1, [content('fenced/ns3', 'gone')])
      expect(error(written).because).toContain(bench.at('fenced/ns3'))
      value(await apply(1, [{ path: bench.at('fenced/ns3'), wanted: { kind: 'nothing' } }]))
      expect(await bench.textOf('fenced')).toBe('no folder')
    })

    it('leaves alone what somebody else has changed, and what comes after it', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('named.conf'), 'edited by a colleague')
      const failed = error(
        await apply(1, [
          { ...content('named.conf', 'ours'), expected: [sha256('as it was')] },
          content('later', 'later'),
        ]),
      )
      expect(failed.code).toBe('hosts.changed-meanwhile')
      expect(await bench.textOf('named.conf')).toBe('edited by a colleague')
      const gone = await apply(1, [{ ...content('missing', 'ours'), expected: [sha256('as it was')] }])
      expect(error(gone).code).toBe('hosts.changed-meanwhile')
      expect(value(await bench.host.list(bench.folder))).toEqual(['baton', 'named.conf'])
      expect(value(await bench.host.list(`${claim(1).folder}/holder.1`))).toEqual([])
    })

    it('keeps beside what somebody else has put there, where it must go on', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('named.conf'), 'edited by a colleague')
      const change = {
        ...content('named.conf', 'ours'),
        expected: [sha256('as it was')],
        otherwise: 'keep',
      } as const
      value(await apply(1, [change]))
      expect(await bench.textOf('named.conf')).toBe('ours')
      const kept = `named.conf.kept-${sha256('edited by a colleague').slice(0, 12)}`
      expect(await bench.textOf(kept)).toBe('edited by a colleague')
      expect(await bench.modeOf(kept)).toBe(0o600)
    })

    it('does not take a part of it that lies there for what is kept', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('named.conf'), 'edited by a colleague')
      const digest = sha256('edited by a colleague')
      await writeFile(bench.at(`named.conf.kept-${digest.slice(0, 12)}`), 'edited')
      const change = { ...content('named.conf', 'ours'), expected: [], otherwise: 'keep' } as const
      value(await apply(1, [change]))
      expect(await bench.textOf('named.conf')).toBe('ours')
      expect(await bench.textOf(`named.conf.kept-${digest}`)).toBe('edited by a colleague')
      expect(await bench.textOf(`named.conf.kept-${digest.slice(0, 12)}`)).toBe('edited')
      expect(value(await bench.host.list(bench.folder))).toHaveLength(4)
    })

    it('fails where something else than a folder is in the place of the folder', async () => {
      value(await bench.host.hold(claim(1)))
      await symlink('nowhere', bench.at('dangling'))
      await writeFile(bench.at('a-file'), 'a file')
      for (const [folder, code] of [
        ['dangling', 'hosts.missing'],
        ['a-file', 'hosts.not-a-folder'],
      ]) {
        expect(error(await apply(1, [content(`${folder}/active.db`, 'marker')])).code).toBe(code)
        value(await apply(1, [{ path: bench.at(`${folder}/active.db`), wanted: { kind: 'nothing' } }]))
      }
    })

    it('sets the mode right where the content is right already', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('guard'), 'guard')
      await chmod(bench.at('guard'), 0o666)
      value(await apply(1, [content('guard', 'guard')]))
      expect(await bench.modeOf('guard')).toBe(0o640)
    })

    it('refuses a symbolic link, a folder, and a copy of what is not there', async () => {
      value(await bench.host.hold(claim(1)))
      await writeFile(bench.at('target'), 'target')
      await symlink('target', bench.at('link'))
      await mkdir(bench.at('folder'))
      expect(error(await apply(1, [content('link', 'x')])).code).toBe('hosts.symbolic-link')
      expect(error(await apply(1, [content('folder', 'x')])).code).toBe('hosts.is-a-folder')
      const copy = { path: bench.at('copy'), wanted: { kind: 'copy', from: bench.at('missing') } } as const
      expect(error(await apply(1, [copy])).code).toBe('hosts.missing')
      expect(await bench.textOf('target')).toBe('target')
    })

    it('keeps its deadline', async () => {
      value(await bench.host.hold(claim(1)))
      const failed = error(await apply(1, [content('named.conf', 'x')], 0))
      expect(failed.code).toBe('hosts.deadline')
      expect(value(await bench.host.list(bench.folder))).toEqual(['baton'])
    })

    it('does not mistake a folder of the run that was moved for a missing file', async () => {
      value(await bench.host.hold(claim(1)))
      await rename(claim(1).folder, bench.at('elsewhere'))
      expect(error(await apply(1, [content('named.conf', 'x')])).code).toBe('hosts.not-held')
    })
  })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
