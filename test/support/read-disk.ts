import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Lab, labServerPaths, labZones } from '../../src/app/lab/index.ts'

/** Every zone of a server that is down, as its files and journals would load. */
export function readDisk({ folder, plan }: Lab, server: string): string {
  const { directory } = labServerPaths(folder, server)
  return labZones(plan)
    .map(({ name, file }) =>
      execFileSync('named-compilezone', ['-j', '-i', 'none', '-o', '-', name, join(directory, file)], {
        encoding: 'utf8',
        cwd: directory,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    )
    .join('\n')
}
