import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runBaton, STATUS_EXITS } from './run-baton.ts'

const KIBIBYTES_IN_MEBIBYTE = 1024

/** The most memory that a whole process of `baton status` ever held, in MiB: it writes it down as it ends. */
export async function measureMemory(fleet: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-bench-'))
  try {
    const note = join(folder, 'note')
    const hook = join(folder, 'hook.mjs')
    writeFileSync(
      hook,
      `import { writeFileSync } from 'node:fs'
process.on('exit', () => writeFileSync(${JSON.stringify(note)}, String(process.resourceUsage().maxRSS)))
`,
    )
    await runBaton({
      args: ['status', '--fleet', fleet],
      exits: STATUS_EXITS,
      hook: pathToFileURL(hook).href,
    })
    return Number(readFileSync(note, 'utf8')) / KIBIBYTES_IN_MEBIBYTE
  } finally {
    rmSync(folder, { recursive: true })
  }
}
