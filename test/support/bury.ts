import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The processes that held a run in this folder are gone: their number is that of one that has ended. */
export function bury(folder: string): void {
  const { pid } = spawnSync(process.execPath, ['--version'])
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\/holder\.\d+\/who$/.test(entry)) continue
    const path = join(folder, entry)
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"pid":\d+/, `"pid":${pid}`))
  }
}
