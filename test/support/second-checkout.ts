import { cp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Lab } from '../../src/app/lab/index.ts'

/** What only the first machine has: its memory of runs, and the servers themselves. */
const LEFT_OUT = ['.baton', 'servers', 'second']

/** The operator's files as another machine would have checked them out; gives the path of its `baton.yaml`. */
export async function checkOutAgain(lab: Lab): Promise<string> {
  const folder = join(lab.folder, 'second')
  await rm(folder, { recursive: true, force: true })
  for (const name of ['baton.yaml', 'zones.conf', 'shared.conf', 'keys', 'base'])
    await cp(join(lab.folder, name), join(folder, name), { recursive: true })
  return join(folder, basename('baton.yaml'))
}
