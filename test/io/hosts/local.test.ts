import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localHost } from '../../../src/io/hosts/index.ts'
import { hostContract } from './contract.ts'

hostContract('this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'baton-hosts-'))
  return {
    host: localHost('ns1'),
    folder,
    close: () => rm(folder, { recursive: true, force: true }),
  }
})
