import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../../support/bundle.ts'

/** What a call of the command line left behind. */
export type Outcome = { readonly exit: number | null; readonly stdout: string; readonly stderr: string }

export type Call = {
  readonly cwd: string
  readonly environment?: Readonly<Record<string, string>>
  /** The account as which it is called; only root may name another. */
  readonly as?: { readonly uid: number; readonly gid: number }
  /** Told what has been printed so far, and may send a signal. */
  readonly onOutput?: (printed: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** The command line as it would be installed, in a folder of its own. */
export type BuiltProgram = {
  readonly path: string
  /** Calls it without a terminal. */
  call(words: readonly string[], call: Call): Promise<Outcome>
  remove(): void
}

const OUTPUT_CHARACTERS_MAX = 2 ** 22

/** Bundled once with all it needs, because starting from the sources takes longer than what is tested. */
export async function buildProgram(): Promise<BuiltProgram> {
  const folder = await bundle({ cli: 'src/app/cli/main.ts' })
  const path = join(folder, 'cli.mjs')
  return {
    path,
    call: (words, call) => run([path, ...words], call),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function run(words: readonly string[], call: Call): Promise<Outcome> {
  const child = spawn(process.execPath, words, {
    cwd: call.cwd,
    env: { PATH: process.env['PATH'], TZ: 'UTC', ...call.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...call.as,
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      if (printed[name].length < OUTPUT_CHARACTERS_MAX) printed[name] += text
      call.onOutput?.(printed.stdout + printed.stderr, signal => void child.kill(signal))
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', exit => resolve({ exit, ...printed }))
  })
}
