import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Lab } from '../../src/app/lab/index.ts'

/** What an operator keeps in version control or carries along; the first machine's memory of runs is not among it. */
const CARRIED = ['baton.yaml', 'zones.conf', 'shared.conf', 'keys', 'base']

/** The operator's files as another machine would have checked them out; gives the path of its `baton.yaml`. */
export async function checkOutAgain(lab: Lab): Promise<string> {
  const folder = join(lab.folder, 'second')
  await rm(folder, { recursive: true, force: true })
  for (const name of CARRIED) await cp(join(lab.folder, name), join(folder, name), { recursive: true })
  return join(folder, 'baton.yaml')
}
