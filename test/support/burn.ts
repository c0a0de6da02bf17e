import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { killServer, type Lab, labServerPaths } from '../../src/app/lab/index.ts'

/** The machine has burnt: neither its named nor its files answer. */
export async function burn(lab: Lab, server: string): Promise<void> {
  const { configuration } = labServerPaths(lab.folder, server)
  await killServer(lab, server)
  rmSync(configuration, { recursive: true })
  writeFileSync(configuration, 'ashes')
}

/** Its disk is gone with a server: nothing on it can be read, until it is brought back as it was. */
export function loseDisk(lab: Lab, server: string): { readonly bringBack: () => void } {
  const { configuration } = labServerPaths(lab.folder, server)
  renameSync(configuration, `${configuration}.away`)
  symlinkSync(configuration, configuration)
  return {
    bringBack() {
      rmSync(configuration)
      renameSync(`${configuration}.away`, configuration)
    },
  }
}
