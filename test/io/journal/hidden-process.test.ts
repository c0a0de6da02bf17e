import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'tsdown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const NOBODY = 65_534
const DEADLINE_MS = 60_000
/** Tells of the process with that number and start what a journal would be told. */
const ASKING = `
import { lifeOf, ownProcess } from '${join(import.meta.dirname, '../../../src/io/journal/index.ts')}'
const [pid, start] = process.argv.slice(2).map(Number)
process.stdout.write(lifeOf({ ...ownProcess(), pid: pid ?? 0, start }))
`

describe.skipIf(process.getuid?.() !== 0)('on a machine that hides the processes of others', () => {
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baton-hidden-'))
    spawnSync('chmod', ['755', folder])
    writeFileSync(join(folder, 'ask.ts'), ASKING)
    await build({
      config: false,
      entry: { ask: join(folder, 'ask.ts') },
      outDir: join(folder, 'built'),
      platform: 'node',
      fixedExtension: true,
      noExternal: /./,
      inlineOnly: false,
      dts: false,
      logLevel: 'silent',
    })
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.for([1, 2])(
    'hidepid=%i: a living run of root is not told as gone to another account',
    (level, { skip }) => {
      const script = `mount -t proc -o hidepid=${level} proc /proc || exit 77
sleep 60 & held=$!
start=$(sed 's/.*) //' /proc/$held/stat | cut -d ' ' -f 20)
setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups "$1" "$2" $held $start
kill $held`
      const ran = spawnSync(
        'unshare',
        [
          '--mount',
          '--pid',
          '--fork',
          'sh',
          '-c',
          script,
          'sh',
          process.execPath,
          join(folder, 'built/ask.mjs'),
        ],
        { encoding: 'utf8', timeout: DEADLINE_MS },
      )
      if (ran.error !== undefined || ran.status === 77) skip('no namespaces here')
      expect(ran.stderr).toBe('')
      expect(ran.stdout).toBe('unknown')
    },
  )
})
