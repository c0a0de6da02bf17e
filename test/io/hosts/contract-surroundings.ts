import { execFile } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { error, value, type Workbench } from './workbench.ts'

const COMMAND_DEADLINE_MS = 20_000
const HOUR_MS = 3_600_000

/** What else a host does: removing, running, and looking around. */
export function surroundingsContract(bench: Workbench): void {
  describe('remove', () => {
    it('removes a file, a folder with all it holds, and nothing at all', async () => {
      value(await bench.host.replace(bench.file('file', 'x')))
      value(await bench.host.replace(bench.file('folder/deep/file', 'x')))
      for (const path of ['file', 'folder', 'nothing', 'no/such/folder', 'file/below'])
        value(await bench.host.remove(bench.at(path)))
      expect(value(await bench.host.list(bench.folder))).toEqual([])
    })

    it('removes a link, not what it points to', async () => {
      value(await bench.host.replace(bench.file('folder/file', 'kept')))
      await symlink('folder', bench.at('link'))
      value(await bench.host.remove(bench.at('link')))
      expect(await bench.textOf('folder/file')).toBe('kept')
    })
  })

  describe('run', () => {
    const deadlineMs = COMMAND_DEADLINE_MS

    it('gives exit code and output of a good and of a bad configuration', async () => {
      await writeFile(bench.at('good.conf'), 'options { recursion no; };\n')
      await writeFile(bench.at('bad.conf'), 'options { nonsense; };\n')
      const checkconf = { kind: 'named-checkconf', zones: false, deadlineMs } as const
      const good = value(await bench.host.run({ ...checkconf, file: bench.at('good.conf') }))
      expect(good).toMatchObject({ exit: 0, stdout: '' })
      const bad = value(await bench.host.run({ ...checkconf, file: bench.at('bad.conf') }))
      expect(bad.exit).toBe(1)
      expect(bad.stdout + bad.stderr).toContain("unknown option 'nonsense'")
    })

    it('takes a name for a name, whatever a shell would make of it', async () => {
      const path = bench.at('$(touch made); `touch made` & .conf')
      await writeFile(path, 'options { recursion no; };\n')
      const outcome = value(
        await bench.host.run({ kind: 'named-checkconf', file: path, zones: false, deadlineMs }),
      )
      expect(outcome.exit).toBe(0)
      expect(value(await bench.host.list(bench.folder))).toHaveLength(1)
    })

    it('hands an order to a guard word by word', async () => {
      await writeFile(bench.at('guard'), 'printf "<%s>" "$@"; exit 3\n')
      const action = ['step-down', 'a set; $(touch made)', 8, '2026-01-02T03:04:05Z'] as const
      const outcome = value(
        await bench.host.run({ kind: 'guard', script: bench.at('guard'), action, deadlineMs }),
      )
      expect(outcome).toMatchObject({
        exit: 3,
        stdout: '<step-down><a set; $(touch made)><8><2026-01-02T03:04:05Z>',
      })
    })

    it('stops a command that is late', async () => {
      await promisify(execFile)('mkfifo', [bench.at('never.conf')])
      const late = {
        kind: 'named-checkconf',
        file: bench.at('never.conf'),
        zones: false,
        deadlineMs: 200,
      } as const
      const failed = error(await bench.host.run(late))
      expect(failed.code).toBe('hosts.command-deadline')
      expect(failed.elapsedMs).toBeGreaterThan(0)
    })
  })

  describe('folders', () => {
    it('says what is free and whether it may be written to', async () => {
      const [here, missing] = value(
        await bench.host.folders({ paths: [bench.folder, bench.at('no/such')], user: undefined }),
      )
      expect(here).toMatchObject({ path: bench.folder, exists: true, writable: true, because: undefined })
      expect(here?.bytesFree).toBeGreaterThan(0)
      expect(here?.inodesFree).toBeGreaterThan(0)
      expect(missing).toMatchObject({ exists: false, writable: false, because: 'it does not exist' })
    })

    it('says that a file is no folder, and that a user is unknown', async () => {
      await writeFile(bench.at('file'), '')
      const [state] = value(await bench.host.folders({ paths: [bench.at('file')], user: undefined }))
      expect(state).toMatchObject({ writable: false, because: 'it is not a folder' })
      const failed = error(await bench.host.folders({ paths: [bench.folder], user: 'no-such-user' }))
      expect(failed.code).toBe('hosts.user-unknown')
    })
  })

  it('tells the time of day', async () => {
    const { now, roundTripMs } = value(await bench.host.clock())
    expect(Math.abs(now - Date.now())).toBeLessThan(HOUR_MS)
    expect(roundTripMs).toBeGreaterThanOrEqual(0)
  })

  it('takes a relative path for a defect', async () => {
    await expect(bench.host.read('named.conf')).rejects.toThrow('absolute')
  })
}
