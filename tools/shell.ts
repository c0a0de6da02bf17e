import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { printGuardScript } from '../src/core/guard/index.ts'
import { SHELL } from '../src/core/guard/script/text.ts'
import { EXIT_UNAVAILABLE } from './install.mjs'

const FOLDERS = ['src', 'tools']

/** What runs on a server, which no exception for the parts of a script is for. */
const WHOLE_SCRIPTS = [printGuardScript(), SHELL.starting]

/** `npm run check:shell`: shellcheck on every `.sh` file, and on the scripts as they run on a server. */
function main(): number {
  const exits = [check(findShell(), ''), ...WHOLE_SCRIPTS.map(script => check(['--norc', '-'], script))]
  return Math.max(...exits)
}

function findShell(): string[] {
  return FOLDERS.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.sh'))
      .map(path => join(folder, path)),
  )
}

/** The dialect is that of the first line, or of `.shellcheckrc`. */
function check(args: readonly string[], input: string): number {
  const { error, status } = spawnSync('shellcheck', args, { input, stdio: ['pipe', 'inherit', 'inherit'] })
  if (error === undefined) return status ?? 1
  process.stderr.write(`shellcheck: ${error.message}\n`)
  return EXIT_UNAVAILABLE
}

process.exitCode = main()
