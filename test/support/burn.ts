import { rmSync, writeFileSync } from 'node:fs'
import { killServer, type Lab, labServerPaths } from '../../src/app/lab/index.ts'

/** The machine has burnt: neither its named nor its files answer. */
export async function burn(lab: Lab, server: string): Promise<void> {
  const { configuration } = labServerPaths(lab.folder, server)
  await killServer(lab, server)
  rmSync(configuration, { recursive: true })
  writeFileSync(configuration, 'ashes')
}
