import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'tsdown'

/** The programs that a proof starts in processes of their own. */
const PROGRAMS = {
  baton: join(import.meta.dirname, '../../src/app/cli/main.ts'),
  'dying-operation': join(import.meta.dirname, 'dying-operation.ts'),
}

let folder: Promise<string> | undefined

/**
 * The path of a program that Node starts by itself. All are built together when the first is asked for, because a proof
 * starts them a thousand times, and translating them at each start takes longer than what they do.
 */
export async function bundled(program: keyof typeof PROGRAMS): Promise<string> {
  folder ??= bundle()
  return join(await folder, `${program}.mjs`)
}

/** For a test, whose process does not come to its own end. */
export async function removePrograms(): Promise<void> {
  if (folder !== undefined) rmSync(await folder, { recursive: true, force: true })
  folder = undefined
}

async function bundle(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'baton-programs-'))
  process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
  const output = { outDir, format: 'esm', dts: false, clean: false } as const
  await build({ config: false, entry: PROGRAMS, platform: 'node', logLevel: 'error', ...output })
  return outDir
}
