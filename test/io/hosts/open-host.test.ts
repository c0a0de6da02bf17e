import { describe, expect, it } from 'vitest'
import type { Reach, Server } from '../../../src/core/fleet/index.ts'
import { openHost } from '../../../src/io/hosts/index.ts'

describe('opening the host of a server', () => {
  const server = (reach: Reach): Server => ({
    kind: 'peer',
    name: 'ns1',
    dns: { address: '127.0.0.1', port: 53 },
    control: { address: '127.0.0.1', port: 953, key: 'rndc' },
    statistics: undefined,
    reach,
    paths: { configuration: '/etc/bind', directory: '/var/cache/bind' },
    user: undefined,
    base: undefined,
    sets: ['default'],
  })

  it('opens a local one under its name', () => {
    expect(openHost(server({ kind: 'local' }))).toMatchObject({ ok: true, value: { server: 'ns1' } })
  })

  it('refuses one that is reached by SSH, for now', () => {
    const opened = openHost(server({ kind: 'ssh', destination: 'root@ns1' }))
    expect(opened).toMatchObject({ ok: false, error: { code: 'hosts.ssh-not-yet', subject: 'ns1' } })
  })
})
