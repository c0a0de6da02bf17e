import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundle } from '../../test/support/bundle.ts'

/** The programs that a proof starts in processes of their own. */
const PROGRAMS = {
  baton: join(import.meta.dirname, '../../src/app/cli/main.ts'),
  'dying-operation': join(import.meta.dirname, 'dying-operation.ts'),
}

let folder: Promise<string> | undefined

/**
 * The path of a program that Node starts by itself. All are built together when the first is asked for, because a proof
 * starts them a thousand times.
 */
export async function bundled(program: keyof typeof PROGRAMS): Promise<string> {
  folder ??= bundlePrograms()
  return join(await folder, `${program}.mjs`)
}

/** For a test, whose process does not come to its own end. */
export async function removePrograms(): Promise<void> {
  if (folder !== undefined) rmSync(await folder, { recursive: true, force: true })
  folder = undefined
}

async function bundlePrograms(): Promise<string> {
  const built = await bundle(PROGRAMS)
  process.once('exit', () => rmSync(built, { recursive: true, force: true }))
  return built
}
