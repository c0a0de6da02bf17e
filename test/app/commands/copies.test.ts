import { afterEach, expect, it } from 'vitest'
import { journalCopies } from '../../../src/app/commands/session/copies.ts'
import type { Session } from '../../../src/app/commands/session/session.ts'
import { type FreezableDisk, mountFreezableDisk } from '../../io/hosts/local/frozen-disk.ts'

const TEST_MS = 30_000

let disk: FreezableDisk | undefined

afterEach(async () => {
  await disk?.thaw().catch(() => 'it was not frozen')
  await disk?.close()
})

it(
  "does not wait for ever for the operator's own disk",
  async ({ skip }) => {
    disk = await mountFreezableDisk()
    const { folder } = disk ?? skip('only root can mount a disk that hangs')
    const session = { fleet: { folder }, links: { servers: [] } } as unknown as Session
    const [here] = journalCopies(session, [])
    if (here === undefined) throw new Error('the operator has a copy')
    const file = { path: `${here.folder}/runs/run-1/journal`, content: 'x', mode: 0o600, user: undefined }
    expect(await here.files.append(file)).toMatchObject({ ok: true })
    await disk?.freeze()
    expect(await here.files.append(file)).toMatchObject({
      error: { code: 'hosts.deadline', subject: 'here' },
    })
  },
  TEST_MS,
)
