import { expect, test } from 'vitest'
import type { Serial } from '../../../src/core/base/index.ts'
import { ContentLog } from '../../../src/io/compare/content-log.ts'

const ZONE = 'a.example'

function look(log: ContentLog, server: string, [serial, digest]: readonly [number, string]): void {
  log.add(server, ZONE, { ok: true, value: { serial: serial as Serial, digest } })
}

test('a server that is always a little behind is met where the active stood before', () => {
  const log = new ContentLog(new Map())
  look(log, 'ns1', [5, 'five'])
  look(log, 'e1', [3, 'three'])
  expect(log.newestInBoth('ns1', 'e1', ZONE)).toBeUndefined()
  look(log, 'ns1', [7, 'seven'])
  look(log, 'e1', [5, 'five'])
  expect(log.newestInBoth('ns1', 'e1', ZONE)).toEqual({ serial: 5, digest: 'five', digestOther: 'five' })
  expect(log.latest('e1', ZONE)).toMatchObject({ ok: true, value: { serial: 5 } })
})

test('what is transferred counts more than what was believed', () => {
  const believed = new Map([['ns1', new Map([[ZONE, { serial: 5 as Serial, digest: 'old' }]])]])
  const log = new ContentLog(believed)
  expect(log.has('ns1', ZONE)).toBe(true)
  look(log, 'ns1', [5, 'new'])
  look(log, 'e1', [5, 'new'])
  expect(log.newestInBoth('ns1', 'e1', ZONE)).toMatchObject({ digest: 'new', digestOther: 'new' })
})

test('a zone that was never looked at is unknown', () => {
  expect(new ContentLog(new Map()).latest('e1', ZONE)).toMatchObject({
    ok: false,
    error: { code: 'verify.content-unknown' },
  })
})
