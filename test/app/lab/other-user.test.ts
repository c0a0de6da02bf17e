import { execFile } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

/** Debian's `nobody`, and `nogroup`. */
const NOBODY = 65534
const DEADLINE_MS = 60_000

const asRoot = test.skipIf(process.getuid?.() !== 0)

asRoot('needs no root: nobody makes a lab and stops it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-nobody-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  chownSync(folder, NOBODY, NOBODY)
  const script = join(import.meta.dirname, 'up-and-down.ts')
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script, join(folder, 'lab')], {
    uid: NOBODY,
    gid: NOBODY,
    env: { HOME: folder, TMPDIR: folder },
    timeout: DEADLINE_MS,
  })
  expect(JSON.parse(stdout)).toMatchObject({
    uid: NOBODY,
    made: { ok: true },
    states: Array(6).fill('running'),
    stopped: true,
  })
})
