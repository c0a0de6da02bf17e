import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Rendering } from '../../../src/core/render/index.ts'
import type { Demo } from './demo-fleet.ts'

const run = promisify(execFile)

/** Writes every server's files, and makes the folders that named-checkconf looks for. */
export async function writeRendering({ fleet }: Demo, { servers }: Rendering): Promise<void> {
  for (const server of fleet.servers) await mkdir(join(server.paths.directory, 'keys'), { recursive: true })
  for (const file of [...servers.values()].flatMap(server => server.files)) {
    await mkdir(dirname(file.path), { recursive: true })
    await writeFile(file.path, file.content, { mode: file.mode })
  }
}

/** What the real named-checkconf says of a configuration: nothing, when it has nothing to say. */
export async function complaints(path: string): Promise<string> {
  try {
    const { stdout, stderr } = await run('named-checkconf', [path])
    return stdout + stderr
  } catch (error) {
    return `refused ${path}: ${error instanceof Error && 'stdout' in error ? error.stdout : error}`
  }
}
