import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { invariant } from '../../../src/core/base/index.ts'

export type Verdict = { readonly accepted: boolean; readonly output: string }

/** What the real `named-checkconf -p` says of a file, run in the file's own folder. */
export function checkconf(path: string): Verdict {
  const { status, stdout, stderr } = spawnSync('named-checkconf', ['-p', path], {
    cwd: dirname(path),
    encoding: 'utf8',
  })
  invariant(status !== null, 'named-checkconf ran to its end')
  return { accepted: status === 0, output: stdout + stderr }
}

/** Runs with a new folder of these files, which is gone afterwards. */
export function withFiles<Outcome>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Outcome,
): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'baton-namedconf-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What the real `named-checkconf -p` says of a text. */
export function checkconfText(text: string | Uint8Array): Verdict {
  return withFiles({ 'named.conf': text }, folder => checkconf(join(folder, 'named.conf')))
}
