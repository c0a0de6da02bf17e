import { describe, expect, it } from 'vitest'
import { mountOf, parseMounts, readMounts } from '../../../../src/io/hosts/local/rights/mounts.ts'

const MOUNTINFO = `22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:25 / /srv rw,relatime shared:2 - ext4 /dev/vdb ro
31 22 0:26 / /srv/dns rw - tmpfs none rw
32 22 0:27 / /with\\040blank ro - tmpfs none rw
33 22 0:28 / /twice rw - tmpfs none rw
34 33 0:29 / /twice ro - tmpfs none rw
`

describe('the mount a path is on', () => {
  const mounts = parseMounts(MOUNTINFO)

  it.each([
    ['/etc/bind', '/', false],
    ['/srv/other', '/srv', true],
    ['/srv', '/srv', true],
    ['/srv/dns/zones', '/srv/dns', false],
    ['/srvother', '/', false],
    ['/with blank/x', '/with blank', true],
    ['/twice', '/twice', true],
  ])('of %s is %s', (path, point, readOnly) => {
    expect(mountOf(mounts, path)).toEqual({ point, readOnly })
  })

  it('is known for this machine', async () => {
    expect(mountOf(await readMounts(), '/')).toMatchObject({ point: '/' })
  })
})
