import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStatus, parseZoneStatus } from '../../../src/core/rndc/index.ts'

const STATUS = `version: BIND 9.18.49-1~deb12u3-Debian (Extended Support Version) <id:>
boot time: Sun, 22 Nov 2026 15:06:43 GMT
last configured: Sun, 22 Nov 2026 15:07:43 GMT
configuration file: /etc/bind/named.conf
number of zones: 8 (0 automatic)
server is up and running`

const ZONE = `name: signed.example
type: secondary
files: signed.db, included.db
serial: 5
signed serial: 7
last loaded: Sun, 22 Nov 2026 15:06:43 GMT
next refresh: Sun, 22 Nov 2026 15:16:43 GMT
expires: Mon, 23 Nov 2026 15:06:43 GMT
secure: yes
inline signing: yes
key maintenance: automatic
dynamic: yes
frozen: yes
reconfigurable via modzone: no`

describe('the answer to status', () => {
  it('is read', () => {
    expect(parseStatus(STATUS)).toEqual({
      ok: true,
      value: {
        version: '9.18.49-1~deb12u3-Debian',
        bootTime: Date.UTC(2026, 10, 22, 15, 6, 43),
        configTime: Date.UTC(2026, 10, 22, 15, 7, 43),
        zones: 8,
        reloadFailed: false,
        reloading: false,
      },
    })
  })

  it('tells of a configuration that was refused', () => {
    const status = parseStatus(STATUS.replace('server is', 'reload/reconfig failed\nserver is'))
    expect(status.ok && status.value.reloadFailed).toBe(true)
  })

  it('may be any text', () => {
    expect(parseStatus('')).toEqual({ ok: false, error: 'it names no version' })
    fc.assert(fc.property(fc.string(), text => void parseStatus(`version: BIND ${text}\n${text}`)))
  })
})

describe('the answer to zonestatus', () => {
  it('is read', () => {
    expect(parseZoneStatus(ZONE)).toEqual({
      ok: true,
      value: {
        name: 'signed.example',
        type: 'secondary',
        files: ['signed.db', 'included.db'],
        serial: 5,
        serialSigned: 7,
        lastLoaded: Date.UTC(2026, 10, 22, 15, 6, 43),
        nextRefresh: Date.UTC(2026, 10, 22, 15, 16, 43),
        expires: Date.UTC(2026, 10, 23, 15, 6, 43),
        secure: true,
        inlineSigning: true,
        dynamic: true,
        frozen: true,
        keyDirectory: undefined,
      },
    })
  })

  it('is refused where what matters is missing', () => {
    expect(parseZoneStatus('type: primary')).toEqual({ ok: false, error: 'it names no zone' })
    expect(parseZoneStatus('name: a')).toEqual({ ok: false, error: 'it names no type' })
    expect(parseZoneStatus('name: a\ntype: primary\nserial: 4294967296')).toEqual({
      ok: false,
      error: 'it has no serial',
    })
  })
})
