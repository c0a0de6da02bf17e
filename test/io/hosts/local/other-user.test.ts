import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { localHost } from '../../../../src/io/hosts/index.ts'

const NOBODY = 65_534
const isRoot = process.geteuid?.() === 0
const SKIPPED = 'only root can become another user'

/** Another user's view of the world, and then root's again. */
async function asNobody<Value>(groups: readonly number[], work: () => Promise<Value>): Promise<Value> {
  process.setgroups?.([...groups])
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
    process.setgroups?.([0])
  }
}

describe('files of other users', () => {
  const host = localHost('ns1')
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-users-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const file = (mode: number, user: string | undefined) => ({
    path: join(folder, 'named.conf'),
    content: 'secret',
    mode,
    user,
  })

  it('keeps a file and the folders made for it, and gives them to the group of the user, when root', async ({
    skip,
  }) => {
    if (!isRoot) skip(SKIPPED)
    const path = join(folder, 'baton', 'key')
    expect((await host.replace({ ...file(0o640, 'nobody'), path })).ok).toBe(true)
    for (const made of [path, join(folder, 'baton')])
      expect(await stat(made)).toMatchObject({ uid: 0, gid: NOBODY })
  })

  it('keeps the group of what it copies, and owns the copy, when root', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const from = join(folder, 'named.active.conf')
    await writeFile(from, 'active')
    await chown(from, NOBODY, NOBODY)
    expect((await host.copy(from, join(folder, 'named.conf'))).ok).toBe(true)
    expect(await stat(join(folder, 'named.conf'))).toMatchObject({ uid: 0, gid: NOBODY })
  })

  it('fails without permission and leaves the file as it was, when not root', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    await writeFile(join(folder, 'named.conf'), 'old')
    await chmod(folder, 0o755)
    await chmod(join(folder, 'named.conf'), 0o600)
    const results = await asNobody([], async () => [
      await host.replace(file(0o640, undefined)),
      await host.append(file(0o640, undefined)),
      await host.read(join(folder, 'named.conf')),
      await host.remove(join(folder, 'named.conf')),
      await host.touch({ folder, paths: ['named.conf'] }),
    ])
    for (const result of results)
      expect(result).toMatchObject({ ok: false, error: { code: 'hosts.permission' } })
    expect(await readFile(join(folder, 'named.conf'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['named.conf'])
  })

  it("refuses to write what named's user could not read, when not root", async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    await chmod(folder, 0o777)
    const [secret, open] = await asNobody([], async () => [
      await host.replace(file(0o640, 'daemon')),
      await host.replace(file(0o644, 'daemon')),
    ])
    expect(secret).toMatchObject({ ok: false, error: { code: 'hosts.owner' } })
    expect(open).toMatchObject({ ok: true })
  })

  it("gives the group alone when Baton's user is a member of it", async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const daemon = 1
    await chmod(folder, 0o777)
    expect(await asNobody([daemon], () => host.replace(file(0o640, 'daemon')))).toMatchObject({ ok: true })
    expect(await stat(join(folder, 'named.conf'))).toMatchObject({ uid: NOBODY, gid: daemon })
  })

  it('tells for a user whether it may write, by owner, group and the folders above', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    const writableTo = async (user: string, path: string) => {
      const states = await host.folders({ paths: [path], user })
      return states.ok ? states.value[0]?.because : states.error.code
    }
    const inner = join(folder, 'inner')
    await mkdir(inner)
    await chmod(inner, 0o755)
    expect(await writableTo('nobody', inner)).toBe(`its user may not pass through ${folder}`)
    await chmod(folder, 0o755)
    expect(await writableTo('nobody', inner)).toBe('its user has no right to write there')
    await chmod(inner, 0o775)
    await chown(inner, 0, NOBODY)
    expect(await writableTo('nobody', inner)).toBeUndefined()
    await chown(inner, NOBODY, 0)
    await chmod(inner, 0o577)
    expect(await writableTo('nobody', inner)).toBe('its user has no right to write there')
  })
  it('knows that named, even as root, does not write into the folder of another user', async ({ skip }) => {
    if (!isRoot) skip(SKIPPED)
    await chown(folder, NOBODY, NOBODY)
    expect(await host.folders({ paths: [folder], user: 'root' })).toMatchObject({
      value: [{ writable: false, because: 'its user has no right to write there' }],
    })
    expect(await host.folders({ paths: [folder], user: undefined })).toMatchObject({
      value: [{ writable: true }],
    })
  })
})
