import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeConf } from '../../../src/core/namedconf/index.ts'
import { digestOf } from '../../../src/core/pushed/index.ts'

test('a text has the digest of the file it was read from, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(digestOf(decodeConf(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
    }),
  )
})
