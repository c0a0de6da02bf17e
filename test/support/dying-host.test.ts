import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Host, localHost } from '../../src/io/hosts/index.ts'
import { type Death, dyingHost, WriteCounter } from './dying-host.ts'

describe('a host that dies at one of its writes', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-dying-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const die = () => {
    throw new Error('dead')
  }
  const write = (host: Host, name: string) =>
    host.replace({ path: join(folder, name), content: name, mode: 0o600, user: undefined })

  it('counts writes over all hosts, and nothing else', async () => {
    const counter = new WriteCounter()
    const [one, two] = [dyingHost(localHost('ns1'), counter), dyingHost(localHost('ns2'), counter)]
    await write(one, 'a')
    await two.list(folder)
    await two.copy(join(folder, 'a'), join(folder, 'b'))
    expect(counter.writes).toBe(2)
  })

  it.each<[Death['moment'], string[]]>([
    ['before', ['a']],
    ['after', ['a', 'b']],
  ])('dies right %s the second write', async (moment, left) => {
    const host = dyingHost(localHost('ns1'), new WriteCounter({ write: 2, moment, die }))
    await write(host, 'a')
    await expect(write(host, 'b')).rejects.toThrow('dead')
    expect((await readdir(folder)).sort()).toEqual(left)
  })
})
